using System.Net;
using System.Text;

namespace ClientConnect.Workflows.Notices;

/// <summary>A mail as it is sent: the subject is one line, both parts say the same.</summary>
public sealed record ComposedMail(string Subject, string Html, string Text);

/// <summary>What came of composing.</summary>
/// <param name="Mail">Null where the template is at fault.</param>
/// <param name="Faults">In words for the template's author; empty where there is a mail.</param>
/// <param name="RanOutOfTime">The only fault is that it took too long: on a busy machine that says nothing of the template.</param>
public sealed record Composition(ComposedMail? Mail, IReadOnlyList<string> Faults, bool RanOutOfTime = false);

/// <summary>
/// Words a mail from a template and what the notice says. A template begins with <c>Subject: …</c> and an empty line; then
/// paragraphs parted by empty lines, lists of lines that begin with <c>- </c>, and <c>[label](url)</c> alone on a line for the
/// button. What people wrote is data in every part: never markup, never a template, never a header.
/// </summary>
public sealed class Composer(LiquidTemplates templates)
{
    private const string SubjectMark = "Subject:";
    private const int LongestSubject = 200;

    /// <param name="language">One of <c>LocalText.Languages</c>.</param>
    /// <param name="model">JSON; only what <see cref="MailVocabulary"/> lists is used.</param>
    /// <param name="layout">The HTML around every mail, with <c>subject</c>, <c>body</c> and <c>language</c>.</param>
    public Composition Compose(string template, string language, string model, string layout)
    {
        if (!TryPart(template, out var subjectTemplate, out var bodyTemplate))
        {
            return new Composition(null, ["The first line must be `Subject: …`, the second one empty."]);
        }

        var values = MailModel.Read(model, language);
        var subject = templates.Render(subjectTemplate, values, language);
        var body = templates.Render(bodyTemplate, values, language);
        if (subject.Faults.Count + body.Faults.Count > 0)
        {
            return AtFault(subject, body);
        }

        var title = OneLine(subject.Text);
        var (html, text) = MailParts.Write(body.Text);
        var page = templates.Render(layout, new Dictionary<string, object?> { ["subject"] = WebUtility.HtmlEncode(title), ["body"] = html, ["language"] = language }, language);
        return page.Faults.Count > 0 ? AtFault(page) : new Composition(new ComposedMail(title, page.Text, text), []);
    }

    private static Composition AtFault(params LiquidTemplates.Rendering[] parts) =>
        new(null, [.. parts.SelectMany(p => p.Faults).Distinct()], parts.All(p => p.Faults.Count == 0 || p.RanOutOfTime));

    /// <summary>The subject alone, as the title on screen; null where the template is at fault.</summary>
    public string? Subject(string template, string language, string model)
    {
        if (!TryPart(template, out var subjectTemplate, out _))
        {
            return null;
        }

        var subject = templates.Render(subjectTemplate, MailModel.Read(model, language), language);
        return subject.Faults.Count > 0 ? null : OneLine(subject.Text);
    }

    private static bool TryPart(string template, out string subject, out string body)
    {
        var lines = template.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n', 3);
        var isWhole = lines[0].StartsWith(SubjectMark, StringComparison.Ordinal) && lines[0].Length > SubjectMark.Length
            && lines.Length == 3 && string.IsNullOrWhiteSpace(lines[1]);
        subject = isWhole ? lines[0][SubjectMark.Length..].Trim() : "";
        body = isWhole ? lines[2] : "";
        return isWhole;
    }

    // Line breaks would begin a header of their own; a library that encodes them is the second fence.
    private static string OneLine(string text)
    {
        var line = new StringBuilder();
        foreach (var c in MailModel.Plain(text))
        {
            line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
        }

        var words = line.ToString().Trim();
        return words.Length <= LongestSubject ? words : string.Concat(words.AsSpan(0, LongestSubject - 1), "…");
    }
}
