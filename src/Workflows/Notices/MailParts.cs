using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// The shape of a rendered mail: paragraphs, lists and buttons. Found in the template's words only, since the model's are still
/// guarded; written as HTML and as plain text.
/// </summary>
internal static partial class MailParts
{
    private abstract record Part;

    private sealed record Paragraph(IReadOnlyList<string> Lines) : Part;

    private sealed record Bullets(List<string> Items) : Part;

    private sealed record Button(string Label, string Url) : Part;

    public static (string Html, string Text) Write(string rendered)
    {
        var parts = Read(rendered);
        return (string.Join("\n", parts.Select(Html)), string.Join("\n\n", parts.Select(Text)) + "\n");
    }

    private static List<Part> Read(string rendered)
    {
        var parts = new List<Part>();
        var lines = new List<string>();
        foreach (var line in rendered.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()).Append(""))
        {
            var part = Alone(line);
            if (line.Length > 0 && part is null)
            {
                lines.Add(line);
                continue;
            }

            if (lines.Count > 0)
            {
                parts.Add(new Paragraph([.. lines]));
                lines.Clear();
            }

            if (part is Bullets item && parts.LastOrDefault() is Bullets list)
            {
                // Loops leave empty lines between their items.
                list.Items.AddRange(item.Items);
            }
            else if (part is not null)
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    /// <summary>A part that one line makes alone; null for a line of a paragraph, and for an empty one.</summary>
    private static Part? Alone(string line)
    {
        var button = ButtonLine().Match(line);
        return button.Success ? new Button(MailModel.Plain(button.Groups[1].Value), MailModel.Plain(button.Groups[2].Value))
            : line.StartsWith("- ", StringComparison.Ordinal) ? new Bullets([line[2..]])
            : null;
    }

    private static string Html(Part part) => part switch
    {
        Paragraph p => $"<p>{string.Join("<br>\n", p.Lines.Select(Encoded))}</p>",
        Bullets list => new StringBuilder("<ul>\n").AppendJoin("\n", list.Items.Select(i => $"<li>{Encoded(i)}</li>")).Append("\n</ul>").ToString(),
        Button b when IsWebAddress(b.Url) => $"<p><a class=\"button\" href=\"{WebUtility.HtmlEncode(b.Url)}\">{WebUtility.HtmlEncode(b.Label)}</a></p>",
        Button b => $"<p>{WebUtility.HtmlEncode(b.Label)}</p>",
        _ => throw new InvalidOperationException($"A mail has no {part.GetType().Name}."),
    };

    private static string Text(Part part) => part switch
    {
        Paragraph p => string.Join("\n", p.Lines.Select(MailModel.Plain)),
        Bullets list => string.Join("\n", list.Items.Select(i => $"- {MailModel.Plain(i)}")),
        Button b when IsWebAddress(b.Url) => $"{b.Label}:\n{b.Url}",
        Button b => b.Label,
        _ => throw new InvalidOperationException($"A mail has no {part.GetType().Name}."),
    };

    private static string Encoded(string text) => WebUtility.HtmlEncode(MailModel.Plain(text));

    // Anything but a web address (javascript:, data:) is no link.
    private static bool IsWebAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    [GeneratedRegex(@"^\[([^\[\]]+)\]\((\S+)\)$")]
    private static partial Regex ButtonLine();
}
