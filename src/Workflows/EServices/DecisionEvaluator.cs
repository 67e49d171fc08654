using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>What a reviewer or approver says about one line.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Outcome">One of <see cref="LineOutcomes"/>.</param>
/// <param name="Reason">Why: a value of the form's list, or own words; null where the line is approved.</param>
/// <param name="Decision">What is granted; null unless the line is approved.</param>
public sealed record LineDecision(int Line, string Outcome, string? Reason, string? Remarks, JsonObject? Decision);

/// <summary>What can become of a line.</summary>
public static class LineOutcomes
{
    public const string Approve = "approve";
    public const string Reject = "reject";
    public const string Return = "return";

    public static readonly IReadOnlyList<string> All = [Approve, Reject, Return];
}

/// <param name="Faults">Paths as in the form: <c>lines[0].outcome</c>, <c>lines[0].decision.until</c>.</param>
/// <param name="Visible">Paths of what is granted for a line as it was asked.</param>
public sealed record DecisionEvaluation(IReadOnlyList<LineDecision> Lines, IReadOnlyList<FieldFault> Faults, IReadOnlySet<string> Visible);

/// <summary>Cleans and checks what is granted line by line: same field types, same rules as a form's.</summary>
public static class DecisionEvaluator
{
    private static readonly HashSet<string> OfLine = ["line", "outcome", "reason", "remarks", "decision"];

    private static readonly FormField Remarks = new() { Name = "remarks", Type = FieldType.LongText, Label = new LocalText("Remarks") };

    /// <param name="answers">As <see cref="FormEvaluator"/> gave them.</param>
    /// <param name="sent">
    /// One object per line: <c>line</c>, <c>outcome</c>, <c>reason</c>, <c>remarks</c>, <c>decision</c>. What is granted may stand under
    /// <c>decision</c> or beside the outcome: both say the same.
    /// </param>
    /// <param name="standing">What was decided in an earlier round and stands: only the other lines are to be decided. Null where all are.</param>
    /// <param name="returnsLines">Whether a line may be returned on its own (<see cref="EServiceBundle.ReturnsLines"/>).</param>
    public static DecisionEvaluation Evaluate(FormDefinition form, JsonObject answers, JsonArray sent, FormContext context, IReadOnlyList<LineDecision>? standing = null, bool returnsLines = true)
    {
        var before = (standing ?? []).ToDictionary(d => d.Line);
        var (intake, fault) = FormEvaluator.Intake(sent);
        var filling = new Filling(context);
        if (fault is not null)
        {
            filling.Refuse("", fault);
        }

        var lines = LinesOf(form, answers);
        var decided = new SortedDictionary<int, LineDecision>();
        foreach (var item in intake["lines"] as JsonArray ?? [])
        {
            var number = (int)Math.Clamp(item is JsonObject ? item["line"].Number() ?? 0 : 0, 0, int.MaxValue);
            if (item is not JsonObject said || number < 1 || number > lines.Count)
            {
                filling.Refuse("", "unknown-line", arguments: ("line", number));
            }
            else if (before.ContainsKey(number))
            {
                filling.Refuse($"lines[{number - 1}].outcome", "line-is-decided");
            }
            else if (decided.ContainsKey(number))
            {
                filling.Refuse($"lines[{number - 1}].outcome", "decided-twice");
            }
            else
            {
                decided[number] = One(form, answers, lines[number - 1], said, number, returnsLines, filling);
            }
        }

        foreach (var number in Enumerable.Range(1, lines.Count).Where(n => !before.ContainsKey(n) && !decided.ContainsKey(n)))
        {
            filling.Refuse($"lines[{number - 1}].outcome", "required");
        }

        RefuseTwins(form, [.. before.Values, .. decided.Values], before, filling);
        var done = filling.Done([]);
        return new([.. decided.Values], done.Faults, done.Visible);
    }

    private static void RefuseTwins(FormDefinition form, IReadOnlyCollection<LineDecision> decided, Dictionary<int, LineDecision> before, Filling filling)
    {
        foreach (var name in form.Decision?.Unique ?? [])
        {
            var granted = decided.Where(d => !(d.Decision?[name]).IsEmpty()).GroupBy(d => d.Decision![name]!.ToJsonString(), StringComparer.Ordinal);
            foreach (var (twin, first) in granted.SelectMany(same => same.Skip(1).Select(d => (d.Line, same.First().Line))).Where(t => !before.ContainsKey(t.Item1)))
            {
                filling.Refuse($"lines[{twin - 1}].decision.{name}", "duplicate", arguments: ("line", first));
            }
        }
    }

    /// <summary>Everything asked for is granted as it was asked: where a reviewer's page begins.</summary>
    public static IReadOnlyList<LineDecision> Proposed(FormDefinition form, JsonObject answers, FormContext context, IReadOnlyList<LineDecision>? standing = null) =>
        Asked(form, answers, context, standing).Lines;

    /// <summary>The same with the fields that are asked per line then.</summary>
    public static DecisionEvaluation Asked(FormDefinition form, JsonObject answers, FormContext context, IReadOnlyList<LineDecision>? standing = null)
    {
        var numbers = Enumerable.Range(1, LinesOf(form, answers).Count).Where(n => standing?.Any(d => d.Line == n) != true);
        var sent = new JsonArray([.. numbers.Select(n => new JsonObject { ["line"] = n, ["outcome"] = LineOutcomes.Approve })]);
        return Evaluate(form, answers, sent, context, standing);
    }

    private static LineDecision One(FormDefinition form, JsonObject answers, JsonObject line, JsonObject said, int number, bool returnsLines, Filling filling)
    {
        var path = $"lines[{number - 1}]";
        var outcome = said["outcome"].Text() ?? "";
        if (!LineOutcomes.All.Contains(outcome))
        {
            filling.Refuse($"{path}.outcome", outcome.Length == 0 ? "required" : "not-an-option");
        }
        else if (outcome == LineOutcomes.Return && !returnsLines)
        {
            filling.Refuse($"{path}.outcome", "no-line-returns");
        }

        var remarks = FieldReader.Read(Remarks, said["remarks"], [], new Dictionary<AttachmentId, AttachedFile>());
        if (remarks.Code is not null)
        {
            filling.Refuse($"{path}.remarks", remarks.Code, arguments: ("limit", remarks.Limit ?? ""));
        }

        if (outcome != LineOutcomes.Approve && remarks.Value.IsEmpty() && form.Decision?.Reasons.Any(r => r.Remarks && r.Value == said["reason"].Text()) == true)
        {
            filling.Refuse($"{path}.remarks", "required");
        }

        var granted = SaidOfGrants(form, said, path, filling);
        return outcome switch
        {
            LineOutcomes.Approve => new(number, outcome, null, remarks.Value.Text(), Granted(form, answers, line, granted, path, filling)),
            // A reason is asked for what was chosen; where nothing was, the choice is.
            LineOutcomes.Reject or LineOutcomes.Return => new(number, outcome, Reason(form, said["reason"].Text(), path, filling), remarks.Value.Text(), null),
            _ => new(number, outcome, null, remarks.Value.Text(), null),
        };
    }

    // Whatever the outcome: a name that nothing here has is a mistake of the sender's, and said to be one.
    private static JsonObject SaidOfGrants(FormDefinition form, JsonObject said, string path, Filling filling)
    {
        var under = said["decision"] as JsonObject ?? [];
        var beside = said.Where(p => !OfLine.Contains(p.Key)).ToList();
        bool IsGranted(string name) => form.Decision?.Fields.Any(f => f.Name == name) == true;
        filling.RefuseUnknown(under.Select(p => p.Key).Where(n => !IsGranted(n)), $"{path}.decision.");
        filling.RefuseUnknown(beside.Select(p => p.Key).Where(n => !IsGranted(n)), $"{path}.");
        return new JsonObject(under.Concat(beside).Where(p => IsGranted(p.Key)).GroupBy(p => p.Key).Select(g => KeyValuePair.Create(g.Key, g.Last().Value?.DeepClone())));
    }

    private static JsonObject Granted(FormDefinition form, JsonObject answers, JsonObject line, JsonObject said, string path, Filling filling)
    {
        var fields = form.Decision?.Fields ?? [];
        filling.Know("answers", answers);
        filling.Know("line", line);
        var granted = filling.Fill(fields, said, "decision", $"{path}.decision.");
        filling.Check(fields, granted, "decision", $"{path}.decision.");
        return granted;
    }

    private static string? Reason(FormDefinition form, string? reason, string path, Filling filling)
    {
        if (form.Decision?.Reasons.Any(r => r.Value == reason) == true)
        {
            return reason;
        }

        // The list is what is usual; a reviewer's own words say what it doesn't.
        var own = FieldReader.Read(Remarks, reason, [], new Dictionary<AttachmentId, AttachedFile>());
        if (own.Code is null && own.Value.Text() is { Length: > 0 } words)
        {
            return words;
        }

        filling.Refuse($"{path}.reason", own.Code ?? "required", arguments: ("limit", own.Limit ?? ""));
        return null;
    }

    private static IReadOnlyList<JsonObject> LinesOf(FormDefinition form, JsonObject answers) =>
        form.Showing(answers).Lines is { } field && answers[field.Name] is JsonArray lines ? [.. lines.OfType<JsonObject>()] : [];
}
