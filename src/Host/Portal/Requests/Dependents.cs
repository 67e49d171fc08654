using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ClientConnect.Workflows.EServices;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>Which fields others depend on, read from the form's rules: with script, the form is asked for anew when one changes.</summary>
internal static partial class Dependents
{
    private static readonly ConditionalWeakTable<FormDefinition, HashSet<string>> Known = [];

    /// <param name="owner">What rules call the field's group: <c>answers</c> or <c>line</c>.</param>
    public static bool Has(FormDefinition form, string owner, Asked field)
    {
        var used = Known.GetValue(form, f => [.. f.Fields.SelectMany(x => x.Columns.Prepend(x)).SelectMany(Rules).OfType<Rule>().SelectMany(Uses)]);
        return used.Contains($"{owner}.{field.Name}") || used.Contains($"chosen.{field.Name}");
    }

    // Checks are not among them: they speak when the form is sent on, not while it is typed.
    private static IEnumerable<Rule?> Rules(Asked field) =>
    [
        field.Required, field.VisibleWhen, field.Value, field.Default, field.Calendar?.From, field.Calendar?.Plus, field.Calendar?.Days.Rule, field.Lookup?.Key, field.Count?.When, field.LeadsTo?.When,
        .. field.Options.Select(o => o.VisibleWhen),
    ];

    private static IEnumerable<string> Uses(Rule rule) =>
        rule.Text is null ? [] : Use().Matches(rule.Text).Select(m => $"{m.Groups["owner"].Value}.{m.Groups["name"].Value}");

    [GeneratedRegex(@"\b(?<owner>answers|line|chosen)\??\.(?<name>\w+)")]
    private static partial Regex Use();
}
