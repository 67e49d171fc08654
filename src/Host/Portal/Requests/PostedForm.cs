using System.Text.Json.Nodes;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>A form as it was sent: what was typed and pasted, which button, and what the page was made from.</summary>
/// <param name="Do">The button: <c>save</c>, <c>lines.remove.2</c>, <c>lines.paste</c>; empty for the Enter key.</param>
/// <param name="Seen">The draft's revision that the page was made from; null where the form does not say.</param>
/// <param name="Aside">What was ticked, pasted and looked for, and is no answer yet.</param>
internal sealed record PostedForm(JsonObject Typed, string Do, int? Seen, Aside Aside)
{
    private const string Button = ".paste";

    /// <summary>The lines that the paste button adds to; null for other buttons.</summary>
    public string? PastesInto => Do.EndsWith(Button, StringComparison.Ordinal) ? Do[..^Button.Length] : null;

    public static PostedForm Of(IFormCollection form) => new(
        FormFields.Answers(form), form["do"].ToString(), FormDesk.SeenRevision(form), new Aside(FormFields.Values("pick", form), Below("paste.", form), Below("find.", form)));

    // Read as it is: a table of fifty rows is longer than any one answer may be.
    private static Dictionary<string, string> Below(string prefix, IFormCollection form) =>
        form.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(f => (Name: f.Key[prefix.Length..], Text: f.Value.ToString()))
            .Where(f => !string.IsNullOrWhiteSpace(f.Text)).ToDictionary(f => f.Name, f => f.Text, StringComparer.Ordinal);
}

/// <summary>What a form holds besides its answers; it comes back with the page.</summary>
/// <param name="Picked">Keys of the register's entries that are ticked.</param>
/// <param name="Pasted">By the lines' name, rows of a spreadsheet that are not lines yet.</param>
/// <param name="Sought">By the lines' name, what the register's entries are looked through for.</param>
internal sealed record Aside(IReadOnlyList<string> Picked, IReadOnlyDictionary<string, string> Pasted, IReadOnlyDictionary<string, string> Sought)
{
    public static readonly Aside Nothing = new([], new Dictionary<string, string>(), new Dictionary<string, string>());

    public static Aside Only(IReadOnlyDictionary<string, string> pasted) => Nothing with { Pasted = pasted };
}
