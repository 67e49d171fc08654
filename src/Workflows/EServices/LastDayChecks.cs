using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Workflows.EServices;

/// <summary>Whether the value that a kind of entries calls its last day is one that it has, and a date wherever it comes from.</summary>
/// <param name="shared">The kinds of <c>_shared/register.json</c>.</param>
internal sealed class LastDayChecks(EServiceDefinition service, FormDefinition form, FlowDefinition? flow, IReadOnlyDictionary<string, RegisterKind> shared)
{
    private readonly Dictionary<string, FieldType> types = Types(form);

    public IEnumerable<BundleFault> Faults() =>
        [.. shared.SelectMany(k => OfKind("_shared/register.json", k.Key, k.Key, k.Value)), .. service.Kinds.SelectMany(k => OfKind("service.json", $"kinds.{k.Key}", k.Key, k.Value))];

    private IEnumerable<BundleFault> OfKind(string file, string place, string name, RegisterKind kind)
    {
        if (kind.LastDay is not { } lastDay) yield break;
        if (!kind.Values.ContainsKey(lastDay))
        {
            yield return new(file, $"{place}.lastDay", $"The kind has no value \"{lastDay}\".{Spelling.Hint(lastDay, kind.Values.Keys)}") { Code = FaultCodes.UnknownName };
        }

        if (kind.Fed?.Key == lastDay || kind.Fed?.Columns.GetValueOrDefault(lastDay)?.Type is { } type && type != CellType.Date)
        {
            yield return new(file, $"{place}.lastDay", $"Files bring \"{lastDay}\", and not as a date: an entry's last day must be one.") { Code = BundleFaultCodes.LastDay };
        }

        foreach (var step in (flow?.Steps ?? []).Where(s => s.Type == "ClientConnect.ApplyToRegister" && s.Inputs.GetValueOrDefault("kind") == name))
        {
            foreach (var said in flow!.Expressions.Where(e => e.Step == step.Id && e.Input == $"values.{lastDay}" && types.TryGetValue(e.Expression.Text.Trim(), out var field) && field != FieldType.Date))
            {
                yield return new("workflow.json", step.Id, $"'{step.Title}': \"{lastDay}\" is the last day on which the entry holds, and {said.Expression.Text.Trim()} is no date.") { Code = BundleFaultCodes.LastDay, Title = step.Title };
            }
        }
    }

    // What a register step can take as it is, by how it is written. What is worked out of it is the drawing's affair.
    private static Dictionary<string, FieldType> Types(FormDefinition form)
    {
        var milestones = form.Milestones ?? [];
        return (form.Decision?.Fields ?? []).Select(f => ($"line.decision.{f.Name}", f.Type))
            .Concat(form.LineColumns.Select(f => ($"line.{f.Name}", f.Type)))
            .Concat(form.Fields.Select(f => ($"facts.answers.{f.Name}", f.Type)))
            .Concat(milestones.SelectMany(m => m.Fields.Select(f => ($"facts.milestones.{m.Name}.{f.Name}", f.Type))))
            .Concat(milestones.SelectMany(m => m.Lines.Select(f => ($"line.milestones.{m.Name}.{f.Name}", f.Type))))
            .GroupBy(t => t.Item1, StringComparer.Ordinal).ToDictionary(t => t.Key, t => t.First().Type, StringComparer.Ordinal);
    }
}
