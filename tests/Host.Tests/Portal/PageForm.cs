using System.Net;
using System.Text.RegularExpressions;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>One form of a page as a browser without script would send it: every field with what stands in it.</summary>
internal sealed partial class PageForm
{
    private readonly string action;
    private readonly List<KeyValuePair<string, string>> fields;

    private PageForm(string action, List<KeyValuePair<string, string>> fields) => (this.action, this.fields) = (action, fields);

    public IReadOnlyList<KeyValuePair<string, string>> Fields => fields;

    public string? this[string name] => fields.Where(f => f.Key == name).Select(f => f.Value).FirstOrDefault();

    /// <summary>The form that posts there; throws with the page where there is none.</summary>
    public static PageForm On(Answer page, string action)
    {
        var form = FormTag().Matches(page.Body).FirstOrDefault(m => WebUtility.HtmlDecode(m.Groups["action"].Value) == action)
            ?? throw new InvalidOperationException($"No form posts to {action}: {page}");
        var id = Attribute(form.Groups["rest"].Value, "id");
        var outside = id is null ? [] : Control().Matches(page.Body).Where(c => Attribute(c.Value, "form") == id);
        var fields = Control().Matches(form.Groups["inside"].Value).Concat(outside).Select(Field).OfType<KeyValuePair<string, string>>().ToList();
        return new PageForm(action, fields);
    }

    /// <summary>The same with these fields typed or chosen.</summary>
    public PageForm With(params (string Name, string Value)[] typed) =>
        new(action, [.. fields.Where(f => typed.All(t => t.Name != f.Key)), .. typed.Select(t => KeyValuePair.Create(t.Name, t.Value))]);

    public Task<Answer> SendAsync(Person person) =>
        person.SendAsync(new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>The form as its upload button sends it, with one file.</summary>
    public Task<Answer> SendAsync(Person person, string to, string name, string fileName, byte[] bytes)
    {
        var content = new MultipartFormDataContent();
        foreach (var (field, value) in fields) content.Add(new StringContent(value), field);
        content.Add(new ByteArrayContent(bytes), name, fileName);
        return person.SendAsync(new HttpRequestMessage(HttpMethod.Post, to) { Content = content });
    }

    private static KeyValuePair<string, string>? Field(Match control)
    {
        var tag = control.Groups["tag"].Value;
        var name = Attribute(tag, "name");
        if (name is null) return null;
        if (tag.StartsWith("<textarea", StringComparison.Ordinal)) return new(name, WebUtility.HtmlDecode(control.Groups["text"].Value));
        if (tag.StartsWith("<select", StringComparison.Ordinal)) return new(name, Selected().Match(control.Value) is { Success: true } chosen ? WebUtility.HtmlDecode(chosen.Groups[1].Value) : "");
        var type = Attribute(tag, "type");
        return type == "file" || (type is "radio" or "checkbox" && !Checked().IsMatch(tag)) ? null : new(name, Attribute(tag, "value") ?? "");
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"""\s{name}="([^"]*)" """.TrimEnd()) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    [GeneratedRegex("""<form method="post" action="(?<action>[^"]*)"(?<rest>[^>]*)>(?<inside>.*?)</form>""", RegexOptions.Singleline)]
    private static partial Regex FormTag();

    [GeneratedRegex("(?<tag><input[^>]*>)|(?<tag><select[^>]*>).*?</select>|(?<tag><textarea[^>]*>)(?<text>.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex Control();

    [GeneratedRegex("""<option value="([^"]*)"[^>]*\sselected""")]
    private static partial Regex Selected();

    [GeneratedRegex(@"\schecked\b")]
    private static partial Regex Checked();
}
