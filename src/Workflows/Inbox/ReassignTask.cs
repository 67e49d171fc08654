using System.Text.Json;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Npgsql;

namespace ClientConnect.Workflows.Inbox;

/// <summary>That person can't do this task.</summary>
public sealed record NotAPersonForThis(string Email) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyList<FieldFault> Fields => [new FieldFault("to", "not-an-option")];

    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["email"] = Email };
}

/// <summary>A supervisor gives a task of the clearing house to somebody of its role and team who may still decide it.</summary>
public sealed class ReassignTask(RequestClicks clicks, NpgsqlDataSource source)
{
    /// <param name="seen">The version of the request that the caller saw (<c>If-Match</c>); null where it does not matter.</param>
    public async Task<Result<RequestReceipt>> HandleAsync(Viewer viewer, TaskId id, string email, string? seen, OperationKey? operation, CancellationToken ct)
    {
        if (!viewer.Is(Role.Supervisor)) return new NotYoursToDo("not-a-supervisor");
        var found = new ClickTask();
        var person = await PersonAsync(email, ct);
        return await clicks.RunAsync(viewer, found.Of(id) with { Seen = seen }, operation, click => Decide(click, found.Task!, person, email), ct);
    }

    private static Result<RequestChange> Decide(LoadedClick click, LoadedTask task, Person? person, string email)
    {
        var (request, viewer, now) = click;
        if (!TaskRules.MaySeeTask(viewer, request, task)) return new NothingHere();
        if (!task.IsOpen) return new TaskIsClosed(task.Outcome ?? "closed", request.Status.Code());
        var role = task.Kind is Flow.TaskKind.Review or Flow.TaskKind.Milestone or Flow.TaskKind.FollowUp ? Role.Reviewer : Role.Approver;
        if (person is not { } to || !to.IsIn(role, task.Team)) return new NotAPersonForThis(email);
        if (TaskRules.PartOf(task.Kind) is { } part && request.Parts.OtherPartOf(to.User, part) is { } played) return new SamePersonOnBothSides(played);
        if (TaskRules.PartOf(task.Kind) is not null && request.Parts.HasAgreedBeside(task.Step, to.User)) return new YouHaveAgreedAtAnotherStep();

        var what = new TaskReassigned(task.Step, JsonNamingPolicy.CamelCase.ConvertName(task.Kind.ToString()), to.User.ToString(), request.Status.Code());
        return RequestChange.WithoutMove(request, what,
            batch => batch.Add("UPDATE inbox.task SET claimed_by = $2, claimed_at = $3 WHERE id = $1", task.Id.Value, to.User.Value, now));
    }

    private async Task<Person?> PersonAsync(string email, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            SELECT u.id, array_agg(r.role ORDER BY r.role, r.team), array_agg(r.team ORDER BY r.role, r.team) FROM access.user_account u
            JOIN access.user_role r ON r.user_id = u.id WHERE u.email = lower($1) AND NOT u.is_disabled GROUP BY u.id
            """);
        command.Parameters.Add(new() { Value = email });
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? new Person(new UserId(row.GetGuid(0)), [.. row.GetFieldValue<string[]>(1).Zip(row.GetFieldValue<string?[]>(2))]) : null;
    }

    /// <param name="Roles">Role and team; no team means all of them.</param>
    private sealed record Person(UserId User, IReadOnlyList<(string Role, string? Team)> Roles)
    {
        public bool IsIn(Role role, string? team) => Roles.Any(r => r.Role == role.ToString() && (team is null || r.Team is null || r.Team == team));
    }
}
