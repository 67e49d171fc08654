using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>
/// Beside a number that the clearing house gives out, those that the participant has already: the form refuses one that is taken, and nobody
/// should have to press to learn which are. A number is given out where it is looked up and a check asks that nothing is found.
/// </summary>
internal sealed class KeysInUse(RegisterReader register)
{
    // The last ones say where to go on; more would bury the field.
    private const int Most = 8;

    private static readonly IReadOnlyDictionary<string, LocalText> None = new Dictionary<string, LocalText>();

    /// <summary>What is said beside a field, by the field's name; empty where no number is given out at this task.</summary>
    public async Task<IReadOnlyDictionary<string, LocalText>> OfAsync(Viewer viewer, TaskContent content, CancellationToken ct)
    {
        var given = content.IsOutside ? [] : Given(content).ToList();
        if (given.Count == 0) return None;
        var words = new Dictionary<string, LocalText>(StringComparer.Ordinal);
        foreach (var ofKind in given.GroupBy(g => g.Kind, StringComparer.Ordinal))
        {
            var keys = (await register.OfKindAsync(viewer, ofKind.Key, content.Request.Membership.Id, ct)).Select(e => e.Key).ToList();
            foreach (var field in keys.Count == 0 ? [] : ofKind.Select(g => g.Field)) words[field] = Said(keys);
        }

        return words;
    }

    private static IEnumerable<(string Field, string Kind)> Given(TaskContent content) =>
        content.Task.Kind == TaskKind.Review ? Given(content.Request.Form.Decision?.Fields ?? [], "decision")
        : TaskRules.Reports(content.Task.Kind) && MilestoneReports.FormOf(content.Request, content.Task.Step) is { } form ? Given(form.Fields, "milestone").Concat(Given(form.Lines, "reported"))
        : [];

    private static IEnumerable<(string Field, string Kind)> Given(IReadOnlyList<Asked> fields, string owner) =>
        from entry in fields
        where entry is { Type: FieldType.Entry, Lookup.Take: null }
        from field in fields
        where entry.Lookup!.Key.Text?.Split('?', '.') is [var of, var name, ..] && of == owner && name == field.Name
            && field.Checks.Any(c => c.When.Text == $"{owner}.{entry.Name} == null")
        select (field.Name, entry.Lookup!.Kind);

    private static LocalText Said(List<string> keys) => PortalCalls.Texts(language => Words.Of(
        keys.Count > Most ? "decide.in-use.last" : "decide.in-use", language,
        ("keys", string.Join(language == "en" ? ", " : "、", keys.TakeLast(Most))), ("n", PortalCalls.Number(keys.Count))));
}
