using System.Text.RegularExpressions;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.EServices;

/// <summary>Whether a form makes sense in itself: names, options, patterns, lines.</summary>
internal sealed partial class FormChecks(FormDefinition form)
{
    public IEnumerable<BundleFault> Faults() =>
    [
        .. Twice(form.Fields, ""),
        .. OfSets(),
        .. Of(form.Fields, "", isColumn: false),
        .. Twice(form.Decision?.Fields ?? [], "decision."),
        .. Of(form.Decision?.Fields ?? [], "decision.", isColumn: true),
        .. (form.Milestones ?? []).GroupBy(m => m.Name).Where(g => g.Count() > 1).Select(g => Fault(BundleFaultCodes.DuplicateName, $"milestones.{g.Key}", "The name stands here twice.")),
        .. (form.Milestones ?? []).SelectMany(OfMilestone),
    ];

    // A request is about one set of lines: it must be plain to see that no two are shown at once.
    private IEnumerable<BundleFault> OfSets()
    {
        var sets = form.SetsOfLines;
        if (sets.Count < 2) yield break;
        if (form.Decision is not null)
        {
            yield return Fault(BundleFaultCodes.Lines, sets[1].Name, "Where lines are decided one by one a form has one set of them.");
        }

        var shown = sets.Select(s => (Set: s, Choice: ByChoice().Match(s.VisibleWhen?.Text ?? ""))).ToList();
        bool IsPlain((FormField Set, Match Choice) s) =>
            s.Choice.Success && s.Set.ClearedWhenHidden && s.Choice.Groups[1].Value == shown[0].Choice.Groups[1].Value && shown.Count(o => o.Choice.Groups[2].Value == s.Choice.Groups[2].Value) == 1;
        foreach (var (set, _) in shown.Where(s => !IsPlain(s)))
        {
            yield return Fault(BundleFaultCodes.Lines, set.Name, "Of several sets of lines one alone can be shown: the visibleWhen of each compares the same choice, each with another of its options (answers.what == 'CARDS').");
        }
    }

    [GeneratedRegex(@"^answers\.(\w+) == '([^']+)'$")]
    private static partial Regex ByChoice();

    private IEnumerable<BundleFault> OfMilestone(MilestoneForm milestone)
    {
        var prefix = $"milestones.{milestone.Name}.";
        if (milestone.Lines.Count > 0 && form.SetsOfLines.Count == 0)
        {
            yield return Fault(BundleFaultCodes.Lines, prefix + "line", "The form has no lines of which something could be reported.");
        }

        var places = form.Fields.Where(f => f.Type != FieldType.Lines).Select(f => f.Name).Concat(form.SetsOfLines.SelectMany(l => l.Columns.Select(c => $"{l.Name}[].{c.Name}"))).ToList();
        foreach (var unknown in (milestone.Shows ?? []).Except(places))
        {
            yield return Fault(FaultCodes.UnknownName, prefix + "shows", $"The form has no field \"{unknown}\" to show.{Spelling.Hint(unknown, places)}");
        }

        foreach (var fault in Twice(milestone.Fields, prefix).Concat(Of(milestone.Fields, prefix, isColumn: true)).Concat(Twice(milestone.Lines, prefix + "line.")).Concat(Of(milestone.Lines, prefix + "line.", isColumn: true)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<BundleFault> Of(IReadOnlyList<FormField> fields, string prefix, bool isColumn) =>
        fields.SelectMany(f => Of(f, isColumn).Select(wrong => Fault(wrong.Code, prefix + f.Name, wrong.Message)).Concat(Twice(f.Columns, f.Name + "[].")).Concat(Of(f.Columns, f.Name + "[].", isColumn: true)));

    private static IEnumerable<(string Code, string Message)> Of(FormField field, bool isColumn) => [.. OfShape(field, isColumn), .. OfComputing(field, isColumn), .. OfPatternAndNames(field)];

    private static IEnumerable<(string Code, string Message)> OfShape(FormField field, bool isColumn)
    {
        if (field.Type == FieldType.Lines && (isColumn || field.Columns.Count == 0))
        {
            yield return (BundleFaultCodes.Lines, isColumn ? "Lines can't stand within lines." : "Lines need columns.");
        }

        if (field.Type != FieldType.Lines && (field.Columns.Count > 0 || field.Unique.Count > 0))
        {
            yield return (BundleFaultCodes.Lines, "Only lines have columns or unique.");
        }

        if (field.Pick is { } pick && field.Type != FieldType.Lines && (field.Type != FieldType.Text || isColumn || pick.Fill.Count > 0))
        {
            yield return (BundleFaultCodes.Lines, "Only lines and a text have a pick; a text takes the entry's key, and fills nothing.");
        }

        if (field.Transmission is not null && field.Type != FieldType.Files)
        {
            yield return (BundleFaultCodes.Options, "Only files can be a transmission.");
        }

        if (field.Distinct && !isColumn)
        {
            yield return (BundleFaultCodes.Lines, "Only a column can be distinct: it compares lines.");
        }

        if (field.Type is FieldType.Choice or FieldType.Choices && !field.IsComputed && field.Options.Count == 0 && !field.NamesMemberships)
        {
            yield return (BundleFaultCodes.Options, "A choice needs options.");
        }

        if (field.NamesMemberships && (field.Type != FieldType.Choices || isColumn))
        {
            yield return (BundleFaultCodes.Options, "Memberships are named by choices outside the lines.");
        }

        if (field.Options.Select(o => o.Value).Distinct().Count() < field.Options.Count)
        {
            yield return (BundleFaultCodes.Options, "Two options have the same value.");
        }
    }

    private static IEnumerable<(string Code, string Message)> OfComputing(FormField field, bool isColumn)
    {
        if (field.Type is FieldType.Words or FieldType.Entry && !field.IsComputed)
        {
            yield return (BundleFaultCodes.Computed, $"Nobody can type {(field.Type == FieldType.Words ? "words in three languages" : "an entry of the register")}: the field needs lookup or value.");
        }

        if (field.Type == FieldType.Entry && !field.Hidden)
        {
            yield return (BundleFaultCodes.Computed, "An entry of the register is for rules only: it must be hidden.");
        }

        if (field.Type == FieldType.Questions && (!field.Hidden || field.Lookup is not { Take: not null } || isColumn))
        {
            yield return (BundleFaultCodes.Computed, "Questions are what the register says: the field must be hidden, stand outside the lines, and look up (take) the value that holds them.");
        }

        if (field.Hidden && !field.IsComputed)
        {
            yield return (BundleFaultCodes.Computed, "Nobody can type into a hidden field: it needs value, calendar, lookup or count.");
        }

        if (new object?[] { field.Value, field.Calendar, field.Lookup, field.Count }.Count(v => v is not null) > 1)
        {
            yield return (BundleFaultCodes.Computed, "A field is computed in one way only: value, calendar, lookup or count.");
        }

        if (field.Count is not null && field.Type != FieldType.Integer)
        {
            yield return (BundleFaultCodes.Computed, "How many entries there are is a whole number: the field's type must be integer.");
        }
    }

    private static IEnumerable<(string Code, string Message)> OfPatternAndNames(FormField field)
    {
        if (field.Pattern is not null && !Patterns.IsUsable(field.Pattern))
        {
            yield return (BundleFaultCodes.Pattern, "The pattern can't be used; look-arounds and back-references don't exist here.");
        }

        if (field.Pattern is not null && field.PatternMessage is null)
        {
            yield return (BundleFaultCodes.Pattern, "A pattern needs a patternMessage: people can't read patterns.");
        }

        foreach (var name in field.Unique.Concat(field.Pick?.Fill.Keys ?? []).Where(n => !field.Columns.Any(c => c.Name == n)))
        {
            yield return (FaultCodes.UnknownName, $"There is no column \"{name}\".{Spelling.Hint(name, field.Columns.Select(c => c.Name))}");
        }
    }

    private static IEnumerable<BundleFault> Twice(IReadOnlyList<FormField> fields, string prefix) =>
        fields.GroupBy(f => f.Name).Where(g => g.Count() > 1).Select(g => Fault(BundleFaultCodes.DuplicateName, prefix + g.Key, "The name stands here twice."));

    private static BundleFault Fault(string code, string place, string message) => new("form.json", place, message) { Code = code };
}
