using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>Another participant that a request's flow asks for an answer. Its people read of the request what that step shows them.</summary>
/// <param name="ParticipantId">As the request names it, of the request's own clearing house.</param>
/// <param name="Task">The task by which it was asked last; null where it was not.</param>
public sealed record Counterparty(string ParticipantId, TaskId? Task)
{
    /// <summary>Null where the request names none, and before it has reached the clearing house: what a firm prepares is nobody else's business.</summary>
    public static Counterparty? Of(LoadedRequest request) => request.SubmittedAt is null ? null : request.Bundle.Flow.Steps
        .Where(s => s.Type == "ClientConnect.AwaitAnswer")
        .Select(s => (s.Id, Visit: request.Run.Visits.GetValueOrDefault(s.Id), ParticipantId: IdOf(request, s.Inputs["participant"])))
        .Where(s => s.ParticipantId is not null)
        .OrderByDescending(s => request.Run.Tokens.Any(t => t.Step == s.Id)).ThenByDescending(s => s.Visit > 0)
        .Select(s => new Counterparty(s.ParticipantId!, s.Visit > 0 ? TaskId.Of(request.Id, s.Id, s.Visit) : null))
        .FirstOrDefault();

    /// <summary>The participant that an answer names; null where it names none.</summary>
    /// <param name="answer">The answer's name, as the step has it.</param>
    public static string? IdOf(LoadedRequest request, string answer) => (string?)request.Answers[answer] is { Length: > 0 } id ? id : null;
}
