using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.EServices;

/// <summary>Whether what a flow's expressions read is there: facts, the form's fields, deadlines, settings and the register's names.</summary>
internal sealed class FlowNames
{
    private readonly Dictionary<string, IReadOnlySet<string>> known;

    public FlowNames(EServiceDefinition service, FormDefinition form)
    {
        var columns = form.LineColumns.Select(c => c.Name);
        var granted = form.Decision?.Fields ?? [];
        known = new(StringComparer.Ordinal)
        {
            ["facts"] = Scopes.OfFacts.Except(["facts"]).ToHashSet(StringComparer.Ordinal),
            ["facts.request"] = Set("number", "revision", "isLate"),
            ["facts.header"] = Set("firm", "participantId"),
            ["facts.membership"] = Set("participantId", "clearingHouse", "kind", "isChinaConnect"),
            ["facts.answers"] = Set([.. form.Fields.Select(f => f.Name)]),
            ["facts.lines"] = Set("asked", "approved", "rejected", "returned", "latest", "items"),
            ["facts.lines.latest"] = Set([.. granted.Where(f => f.Type == FieldType.Date).Select(f => f.Name)]),
            ["facts.deadlines"] = Set([.. service.Deadlines.Select(d => d.Name)]),
            ["facts.milestones"] = Set([.. Milestones(form).Select(m => m.Name)]),
            ["facts.register"] = Set([.. service.Register.Select(r => r.Name)]),
            ["facts.settings"] = Set([.. service.Settings.Keys]),
            ["line"] = Set([.. columns, "line", "outcome", "reason", "decision", "milestones"]),
            ["line.milestones"] = Set([.. Milestones(form).Select(m => m.Name)]),
            ["line.decision"] = Set([.. granted.Select(f => f.Name)]),
        };
        foreach (var milestone in Milestones(form))
        {
            known[$"facts.milestones.{milestone.Name}"] = Set([.. milestone.Fields.Select(f => f.Name), "at"]);
            known[$"line.milestones.{milestone.Name}"] = Set([.. milestone.Lines.Select(f => f.Name)]);
        }
    }

    private static IReadOnlyList<MilestoneForm> Milestones(FormDefinition form) => form.Milestones ?? [];

    public IEnumerable<FlowFault> Faults(FlowDefinition flow) =>
        from written in flow.Expressions
        from path in written.Expression.Paths.Order(StringComparer.Ordinal)
        let dot = path.LastIndexOf('.')
        let names = known.GetValueOrDefault(path[..dot])
        where names?.Contains(path[(dot + 1)..]) == false
        select new FlowFault(
            written.Step,
            $"'{written.Title}': {PaletteWords.Input(written.Input)} reads {path}, which is not there.{Spelling.Hint(path[(dot + 1)..], names)}{Offered(path[..dot], names)}")
        {
            Code = FaultCodes.UnknownName,
            Title = written.Title,
        };

    private static string Offered(string of, IReadOnlySet<string> names) =>
        names.Count == 0 ? $" {of} holds nothing here." : $" {of} holds {string.Join(", ", names.Order(StringComparer.Ordinal).Take(20))}{(names.Count > 20 ? " …" : "")}.";

    private static HashSet<string> Set(params IReadOnlyList<string> names) => new(names, StringComparer.Ordinal);
}
