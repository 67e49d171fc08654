using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>What a viewer decides with: for a reviewer, each line granted as asked to begin with; what was sent before is kept.</summary>
internal sealed class DecisionForms(DraftAnswers drafts, MilestoneReports milestones)
{
    // What DecisionEvaluator calls the lines, whatever the form's own field is called.
    private const string Evaluated = "lines[";

    /// <param name="posted">What was typed, where it could not be recorded; null on the first showing.</param>
    /// <param name="inUse">What stands beside a number that is given out (<see cref="KeysInUse"/>), by the field's name.</param>
    public DecisionForm Of(TaskContent content, PostedDecision? posted, IReadOnlyList<FieldFault> faults, Frame frame, IReadOnlyDictionary<string, LocalText> inUse)
    {
        var kind = content.Task.Kind;
        var form = content.Request.Form;
        if (TaskRules.Reports(kind)) return OfMilestone(content, posted, faults, frame, inUse);
        var own = faults.Select(f => OnThePage(f, form)).ToList();
        var words = "decide." + kind.ToString().ToLowerInvariant();
        var isWhole = kind == TaskKind.Review && (form.Lines is null || form.Decision is null);
        var isLastWord = FurtherApprovals.IsLastWord(content);
        var isRest = Outcomes.Open(content.Request) is not null;

        // To confirm a rejection and to overrule its proposal by a rejection are the same deed: one button.
        var rejects = kind == TaskKind.Approval && content.Request.Proposal?["outcome"].Said() == Decision.Reject;
        string Key(string what) => new[] { (rejects, "rejection"), (isRest, "rest"), (isLastWord, "only"), (isWhole, "whole") }
            .Where(v => v.Item1).Select(v => $"{words}.{v.Item2}.{what}").FirstOrDefault(Words.Has) ?? $"{words}.{what}";
        var asksDays = ClosedDayViews.Asked(content.Closed, posted?.ClosedDays ?? [], own);
        string[] outcomes = rejects ? [Decision.Approve, Decision.Return] : [Decision.Approve, Decision.Return, Decision.Reject];
        var lines = kind == TaskKind.Review && !isWhole ? Lines(content, posted, own, frame, inUse) : [];
        return new DecisionForm([.. outcomes.Select(o => new DecisionChoice(o, Words.Text(o == Decision.Approve && IsOneOf(content.Task) ? "decide.check.agree" : Key(o)), Words.Has(Key(o + ".hint")) ? Words.Text(Key(o + ".hint")) : null))])
        {
            Lines = lines,
            ForAllLines = lines.Count > 1 ? lines[0].Choices : [],
            ReasonsForAll = [.. (form.Decision?.Reasons ?? []).Select(r => new OptionView(r.Value, r.Label))],
            Closed = [.. content.Closed.Select(ClosedDayViews.Said)],
            ClosedDays = asksDays,
            Fields = [new FieldView("reason", FieldKind.LongText, Words.Text("decide.reason")) { Hint = Words.Text(words + ".reason-hint"), Value = posted?.Reason, MaxLength = Decision.MaxText, Fault = own.FirstOrDefault(f => f.Path == "reason") }],
            Faults = own,
            Explains = rejects ? Words.Text(Key("explains")) : kind == TaskKind.Approval ? FurtherApprovals.Explained(content) : kind == TaskKind.Check && FurtherChecks(content.Task) is { } more ? more : Words.Text(Key("explains")),
        };
    }

    // Where several checkers must agree: what this one's yes does.
    private static LocalText? FurtherChecks(LoadedTask task) => task.Quorum == 1 ? null
        : PortalCalls.Texts(l => Words.Of(IsOneOf(task) ? "decide.check.explains.one-of" : "decide.check.explains.last", l, ("n", PortalCalls.Number(task.Quorum)), ("done", PortalCalls.Number(task.Answers.Count))));

    // A yes that sends nothing yet must not read as if it did.
    private static bool IsOneOf(LoadedTask task) => task.Kind == TaskKind.Check && task.Answers.Count + 1 < task.Quorum;

    // What is reported stands where what is granted stands: once beside the answers, and below each approved line.
    private DecisionForm OfMilestone(TaskContent content, PostedDecision? posted, IReadOnlyList<FieldFault> faults, Frame frame, IReadOnlyDictionary<string, LocalText> inUse)
    {
        var (request, form) = (content.Request, content.Request.Form);
        var own = faults.Select(f => OnThePage(f, form)).ToList();
        FieldFault? At(string place) => own.FirstOrDefault(f => f.Path == place);
        var isAnswer = content.Task.Kind == TaskKind.Answer;
        var words = isAnswer ? "decide.answer" : content.Task.Kind == TaskKind.FollowUp ? "decide.followup" : "decide.milestone";
        var typed = posted?.ToDecision(content.Task.Kind);
        if (milestones.Asked(request, content.Task, typed?.Milestone ?? [], typed?.Lines ?? [], frame.Now) is not var (milestone, said)) return new DecisionForm([]);
        IEnumerable<FieldView> Fields(IReadOnlyList<Asked> fields, string evaluated, string path, JsonObject values) => fields.Where(f => !f.Hidden && said.Visible.Contains(evaluated + f.Name))
            .Select(f => Grant(f, path + f.Name, values[f.Name], frame.Language, At, inUse));
        return new DecisionForm([new DecisionChoice(Decision.Done, Words.Text(words + ".done"))])
        {
            Lines = form.Lines is null ? [] : [.. said.Report.Lines.Select(l => (Index: (int)l!["line"]! - 1, Values: (JsonObject)l["values"]!))
                .Select(l => new LineDecision(FieldWords.LinePath(form.Lines, l.Index), LineOutcomes.Approve, [.. Fields(milestone.Lines, $"lines[{l.Index}].milestone.", $"{FieldWords.LinePath(form.Lines, l.Index)}.milestone.", l.Values)], []))],
            Fields = [.. Fields(milestone.Fields, "milestone.", "milestone.", said.Report.Values),
                .. isAnswer || content.Task.Kind == TaskKind.FollowUp ? [] : new[] { new FieldView("reason", FieldKind.LongText, Words.Text("decide.note")) { Hint = Words.Text("decide.milestone.reason-hint"), Value = posted?.Reason, MaxLength = Decision.MaxText, IsOptional = true, Fault = At("reason") } }],
            Faults = own,
            Title = Words.Text(isAnswer ? "decide.answer.title" : "decision.title"),
            Explains = Words.Text(words + ".explains"),
        };
    }

    // Lines are called what the form calls them; a reason that is missing says what it is needed for.
    private static FieldFault OnThePage(FieldFault fault, FormDefinition form) => fault switch
    {
        { Path: "reason", Code: "required" } => fault with { Words = Words.Text("decide.say-why") },
        { Code: "required" } when fault.Path.EndsWith("].outcome", StringComparison.Ordinal) => OnThePage(fault with { Code = "not-decided" }, form),
        _ when form.Lines is { } lines && fault.Path.StartsWith(Evaluated, StringComparison.Ordinal) => fault with { Path = lines.Name + fault.Path[(Evaluated.Length - 1)..] },
        _ => fault,
    };

    private IReadOnlyList<LineDecision> Lines(TaskContent content, PostedDecision? posted, IReadOnlyList<FieldFault> faults, Frame frame, IReadOnlyDictionary<string, LocalText> inUse)
    {
        var (request, form) = (content.Request, content.Request.Form);
        var asked = DecisionEvaluator.Asked(form, request.CurrentAnswers, drafts.ContextOf(request, frame.Now), Outcomes.Standing(request));
        var proposed = asked.Lines;
        var outcomes = LineOutcomes.All.Where(o => o != LineOutcomes.Return || request.Bundle.ReturnsLines);
        return [.. proposed.Select(p =>
        {
            var path = FieldWords.LinePath(form.Lines!, p.Line - 1);
            var said = posted?.Lines.GetValueOrDefault(p.Line - 1);
            var granted = said is null ? p.Decision ?? [] : said["decision"] as JsonObject ?? [];
            FieldFault? At(string place) => faults.FirstOrDefault(f => f.Path == place);
            var (needsALook, wasAnswered) = (AnswerSheets.NeedsALook(request, p.Line - 1), AnswerSheets.WasAnswered(request, p.Line - 1));
            var isClosed = content.Closed.Any(c => c.Line is null || c.Line == p.Line);
            return new LineDecision(path, said is not null ? said["outcome"].Said() : needsALook || wasAnswered || isClosed ? null : p.Outcome,
                [.. (form.Decision?.Fields ?? []).Where(f => !f.Hidden && asked.Visible.Contains($"{Evaluated}{p.Line - 1}].decision.{f.Name}")).Select(f => Grant(f, $"{path}.decision.{f.Name}", granted[f.Name], frame.Language, At, inUse))],
                [
                    new FieldView(path + ".reason", FieldKind.Choice, Words.Text("decide.line-reason")) { Options = [.. (form.Decision?.Reasons ?? []).Select(r => new OptionView(r.Value, r.Label))], Value = said?["reason"].Said(), Fault = At(path + ".reason"), IsOptional = false },
                    new FieldView(path + ".remarks", FieldKind.LongText, Words.Text("decide.line-remarks")) { Value = said?["remarks"].Said(), Fault = At(path + ".remarks"), IsOptional = true, MaxLength = 1000 },
                ])
            {
                Choices = [.. outcomes.Select(o => new DecisionChoice(o, Words.Text("outcome." + o)))],
                Fault = At(path + ".outcome"),
                NeedsALook = needsALook,
                WasAnswered = wasAnswered,
                Closed = [.. content.Closed.Where(c => c.Line == p.Line).Select(ClosedDayViews.Said)],
            };
        })];
    }

    private static FieldView Grant(Asked field, string path, JsonNode? value, string language, Func<string, FieldFault?> faultAt, IReadOnlyDictionary<string, LocalText> inUse) => new(path, field.IsComputed ? FieldKind.Computed : FieldViews.KindOf(field.Type), field.Label)
    {
        Hint = inUse.GetValueOrDefault(field.Name) is not { } taken ? field.Hint : field.Hint is not { } hint ? taken : PortalCalls.Texts(l => $"{hint.In(l)} {taken.In(l)}"),
        Unit = field.Unit,
        IsOptional = !field.IsComputed && field.Required is { IsConstant: true } required && !required.Evaluate(new Dictionary<string, JsonNode?>()).IsTrue,
        Value = field.IsComputed ? AnswerWords.Of(field, value, language, withUnit: false) : AnswerWords.Raw(value),
        Values = value is JsonArray chosen ? [.. chosen.Select(c => c.Said()).OfType<string>()] : [],
        Options = [.. field.Options.Select(o => new OptionView(o.Value, o.Label, o.Help))],
        MaxLength = field.MaxLength,
        Fault = faultAt(path),
    };

    /// <summary>Every line granted as it was asked: where a reviewer begins, and what a proposal is compared with.</summary>
    public IReadOnlyList<Workflows.EServices.LineDecision> AsAsked(LoadedRequest request, DateTimeOffset now) =>
        DecisionEvaluator.Proposed(request.Bundle.Form, request.CurrentAnswers, drafts.ContextOf(request, now), Outcomes.Standing(request));

    /// <summary>What the reviewer proposed, beside what was asked; null before there is a proposal.</summary>
    public ProposalView? Proposal(LoadedRequest request, LocalText by, DateTimeOffset at, Frame frame)
    {
        if (request.Proposal is not { } proposal) return null;
        var (outcome, reason) = (proposal["outcome"].Said(), proposal["reason"].Said());
        if (request.Form.Lines is not { } lines) return new ProposalView(by, at, reason, []) { Outcome = outcome };
        var asked = AsAsked(request, frame.Now).ToDictionary(d => d.Line);
        IReadOnlyList<ProposedLine> proposed = [.. Outcomes.Read(proposal["lines"] as JsonArray).Select(d => new ProposedLine(FieldWords.LinePath(lines, d.Line - 1), d.Outcome,
            AnswerSheets.OutcomeText(request.Bundle.Form, d, frame.Language, asked.GetValueOrDefault(d.Line)?.Decision),
            d.Outcome != LineOutcomes.Approve || CanonicalJson.Text(d.Decision) != CanonicalJson.Text(asked.GetValueOrDefault(d.Line)?.Decision)))];
        return new ProposalView(by, at, reason, proposed) { Outcome = outcome, Summary = Summary(proposed) };
    }

    // "2 of 3 lines approved, 1 of them changed; 1 rejected".
    private static LocalText? Summary(IReadOnlyList<ProposedLine> lines)
    {
        if (lines.Count == 0) return null;
        var approved = lines.Where(l => l.Outcome == LineOutcomes.Approve).ToList();
        return PortalCalls.Texts(language => string.Join(language == "en" ? "; " : "；", new[]
        {
            (Key: "approved", N: approved.Count), (Key: "changed", N: approved.Count(l => l.DiffersFromAsked)),
            (Key: "rejected", N: lines.Count(l => l.Outcome == LineOutcomes.Reject)), (Key: "returned", N: lines.Count(l => l.Outcome == LineOutcomes.Return)),
        }.Where(c => c.N > 0).Select(c => Words.Of("proposal." + c.Key, language, ("n", c.N.ToString(CultureInfo.InvariantCulture)), ("all", lines.Count.ToString(CultureInfo.InvariantCulture))))));
    }
}
