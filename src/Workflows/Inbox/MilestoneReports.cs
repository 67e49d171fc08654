using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>
/// The clearing house reports that its work has got to a milestone, or a counterparty answers what it was asked: what is said is checked as the form asks, kept with the request, and the
/// token goes on. Nobody's yes is asked for a second time: what was approved is carried out.
/// </summary>
public sealed class MilestoneReports(RequestMoves moves, DraftAnswers drafts)
{
    internal Result<RequestChange> Report(LoadedClick click, LoadedTask task, Decision decision, AskedEntries entries, string hash)
    {
        var (request, viewer, now) = click;
        if (FormOf(request, task.Step) is not { } form) return new NotYoursToDo("not-for-people");
        var seen = ShownOutside.At(request, task);
        var said = Milestones.Evaluate(form, seen.Answers, Lines(seen), decision.Milestone ?? [], decision.Lines ?? [], entries.Within(drafts.ContextOf(request, now), request));
        if (entries.AreMissing) return new EntriesAreMissing();
        if (said.Faults.Count > 0) return new AnswersAreIncomplete(said.Faults);

        if (task.Item is { } item) return FollowedUp(click, task, decision, form, item, said.Report.Values, hash);
        var reported = request with { Milestones = Milestones.With(request.Milestones, form.Name, said.Report, viewer.User.ToString(), now) };
        var moved = moves.Advance(reported, new TaskAnswered(task.Step, task.Visit, Ports.Done), now);
        if (moved.IsRefused) return moved.Refusal;
        var after = moved.Value.After;
        var what = new TaskDecided(task.Step, JsonNamingPolicy.CamelCase.ConvertName(task.Kind.ToString()), Ports.Done, decision.Reason, null, null, after.IsLate, after.Status.Code())
        {
            Milestone = form.Name,
            Report = new JsonObject { ["values"] = said.Report.Values.DeepClone(), ["lines"] = said.Report.Lines.DeepClone() },
        };
        return new RequestChange(after, what, moved.Value.Effects, moved.Value.Plan, hash);
    }

    // No token waits for it: what was reported is kept with the request, recorded, and the task is done.
    private static RequestChange FollowedUp(LoadedClick click, LoadedTask task, Decision decision, MilestoneForm form, string item, JsonObject values, string hash)
    {
        var (request, viewer, now) = click;
        var after = request with { FollowUps = FollowUps.Reported(request.FollowUps, task.Step, task.Visit, item, values, now) };
        var what = new TaskDecided(task.Step, JsonNamingPolicy.CamelCase.ConvertName(task.Kind.ToString()), Ports.Done, decision.Reason, null, null, after.IsLate, after.Status.Code())
        {
            Milestone = form.Name,
            Item = item,
            Report = new JsonObject { ["values"] = values.DeepClone() },
        };
        return RequestChange.WithoutMove(after, what, batch => batch.Add(
            "UPDATE inbox.task SET is_open = false, closed_at = $2, closed_by = $3, outcome = $4 WHERE id = $1", task.Id.Value, now, viewer.User.Value, FollowUps.Done), hash);
    }

    /// <summary>What is asked now, with what was typed so far; null where the step waits for no milestone of the form.</summary>
    public (MilestoneForm Form, MilestoneEvaluation Evaluation)? Asked(LoadedRequest request, LoadedTask task, JsonObject typed, JsonArray typedLines, DateTimeOffset now) =>
        FormOf(request, task.Step) is { } form ? (form, Milestones.Evaluate(form, ShownOutside.At(request, task).Answers, Lines(ShownOutside.At(request, task)), typed, typedLines, drafts.ContextOf(request, now))) : null;

    /// <summary>The milestone that a step waits for, as the request's form has it.</summary>
    public static MilestoneForm? FormOf(LoadedRequest request, string step) =>
        request.Bundle.Flow.Steps.FirstOrDefault(s => s.Id == step)?.Inputs.GetValueOrDefault("milestone") is { } name ? request.Bundle.Form.Milestones?.FirstOrDefault(m => m.Name == name) : null;

    private static JsonArray Lines(LoadedRequest request) => (JsonArray)RequestFacts.Lines(request)["items"]!;
}
