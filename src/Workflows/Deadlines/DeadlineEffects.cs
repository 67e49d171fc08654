using System.Text.Json;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>What a due row comes to.</summary>
/// <param name="Effect">In words, for the ledger.</param>
/// <param name="Change">Null where the request does not change.</param>
public sealed record FiredDeadline(DeadlineState State, string Effect, RequestChange? Change);

/// <summary>Decides what a due row does; pure but for the calendar.</summary>
public sealed class DeadlineEffects(RequestMoves moves)
{
    internal FiredDeadline Of(LoadedRequest request, DueDeadline due, DateTimeOffset now) => due.Kind switch
    {
        DeadlineKind.Reminder when now >= due.PassesAt => new(DeadlineState.Skipped, "The deadline had passed already.", null),
        DeadlineKind.Reminder => Told(request, due, now, []),
        DeadlineKind.CutOff => Told(request with { IsLate = true }, due, now, []),
        DeadlineKind.Escalation => Told(request, due, now, [new EscalateTask(due.Step, due.Visit)]),
        DeadlineKind.Passes => Moved(request, due, new DeadlinePassed(due.Name), now),
        DeadlineKind.Place => Moved(request, due, new PlacesGiven(), now),
        DeadlineKind.Cancellation => Cancelled(request, due, now),
        DeadlineKind.Wait => Moved(request, due, new WaitIsOver(due.Step, due.Visit), now),
        _ => throw new ArgumentOutOfRangeException(nameof(due)),
    };

    private FiredDeadline Told(LoadedRequest request, DueDeadline due, DateTimeOffset now, IReadOnlyList<Effect> marks)
    {
        IReadOnlyList<Effect> notices = due.Template is null ? [] : [new QueueNotice(due.Step, due.Visit, due.Template, due.To, due.Name)];
        var effect = due.Template is null ? "Marked." : $"Told {string.Join(", ", due.To)} ({due.Template}).";
        return new(DeadlineState.Fired, effect, new RequestChange(request, Event(request, due), [.. marks, .. notices], moves.ShownPlanOf(request, now)));
    }

    private FiredDeadline Moved(LoadedRequest request, DueDeadline due, Stimulus stimulus, DateTimeOffset now)
    {
        var moved = moves.Advance(request, stimulus, now);
        if (moved.IsRefused)
        {
            return moved.Refusal is RequestHasMovedOn
                ? new(DeadlineState.Cleared, "No step waited for it any more.", null)
                : new(DeadlineState.Parked, moved.Refusal is FlowCannotMove fault ? $"{fault.Step}: {fault.Why}" : moved.Refusal.Code, null);
        }

        var after = moved.Value.After with { Draft = moved.Value.After.IsWithItsMakers ? moved.Value.After.Draft : null };
        return new(DeadlineState.Fired, $"{request.Status.Code()} → {after.Status.Code()}", new RequestChange(after, Event(after, due), moved.Value.Effects, moved.Value.Plan));
    }

    private FiredDeadline Cancelled(LoadedRequest request, DueDeadline due, DateTimeOffset now)
    {
        var moved = moves.Advance(request, new RunEnded("cancelled"), now);
        if (moved.IsRefused) return new(DeadlineState.Cleared, "It had ended before.", null);
        var after = moved.Value.After with { Status = RequestStatus.Cancelled, Draft = null };
        IReadOnlyList<Effect> told = request.Bundle.Service.Cancellation is { } rule ? [new QueueNotice(due.Step, due.Visit, rule.Template, rule.To)] : [];
        return new(DeadlineState.Fired, $"{request.Status.Code()} → {after.Status.Code()}", new RequestChange(after, Event(after, due), [.. moved.Value.Effects, .. told], moved.Value.Plan));
    }

    private static DeadlineFired Event(LoadedRequest after, DueDeadline due) =>
        new(due.Name, JsonNamingPolicy.CamelCase.ConvertName(due.Kind.ToString()), due.DueAt, after.Status.Code());
}
