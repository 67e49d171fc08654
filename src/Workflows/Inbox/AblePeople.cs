using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Npgsql;

namespace ClientConnect.Workflows.Inbox;

/// <summary>Somebody who could decide a task.</summary>
public sealed record AblePerson(UserId User, string Name, string Email);

/// <summary>
/// Who could decide a task, whoever has it now: every candidate is put through <see cref="TaskRules"/> as if they looked
/// themselves, so that what is said here is what would happen.
/// </summary>
public sealed class AblePeople(NpgsqlDataSource source)
{
    private const string People =
        """
        SELECT u.id, u.name, u.email, u.firm_id, f.is_clearing_house,
          (SELECT jsonb_agg(jsonb_build_object('role', o.role, 'team', o.team)) FROM access.user_role o WHERE o.user_id = u.id),
          (SELECT jsonb_agg(jsonb_build_object('eService', r.eservice, 'membership', r.membership_id, 'make', r.may_make, 'check', r.may_check)) FROM access.user_right r WHERE r.user_id = u.id)
        FROM access.user_account u JOIN access.firm f ON f.id = u.firm_id
        """;

    /// <summary>By name; empty where the viewer does not see the task's side.</summary>
    public async Task<IReadOnlyList<AblePerson>> OfAsync(Viewer viewer, TaskContent content, CancellationToken ct)
    {
        var (task, request) = (content.Task, content.Request);
        var isHouse = TaskRules.IsClearingHouse(task.Kind);
        if (!task.IsOpen || !TaskRules.MaySeeTask(viewer, request, task)) return [];
        var people = await CandidatesAsync(isHouse ? viewer.Firm : task.Firm, ct);
        return [.. people.Where(p => TaskRules.WhyNot(p, task.Kind, task.Step, request.EService, task.Membership, task.Team, request.Parts, null, task.Answers) is null)
            .Select(p => new AblePerson(p.User, p.Name, p.Email))];
    }

    /// <summary>Everybody of a firm who is not disabled, with the rights that count for tasks, by name.</summary>
    internal async Task<IReadOnlyList<Viewer>> CandidatesAsync(FirmId firm, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"{People} WHERE u.firm_id = $1 AND NOT u.is_disabled ORDER BY u.name, u.email");
        command.Parameters.Add(new() { Value = firm.Value });
        await using var row = await command.ExecuteReaderAsync(ct);
        var people = new List<Viewer>();
        while (await row.ReadAsync(ct))
        {
            people.Add(Person(row));
        }

        return people;
    }

    private static Viewer Person(NpgsqlDataReader row)
    {
        var roles = List(row, 5);
        var isHouse = row.GetBoolean(4);
        return new Viewer(new UserId(row.GetGuid(0)), row.GetString(1), row.GetString(2), new FirmId(row.GetGuid(3)), string.Empty, isHouse, [], 0, "en", [],
            [.. List(row, 6).Select(r => new Right((string)r["eService"]!, new MembershipId((string)r["membership"]!), true, (bool)r["make"]!, (bool)r["check"]!))],
            [.. roles.Select(r => Enum.Parse<Role>((string)r["role"]!)).Distinct()],
            isHouse ? [.. roles.Select(r => (string?)r["team"] ?? Access.Teams.All).Distinct(StringComparer.Ordinal)] : []);
    }

    private static IEnumerable<JsonObject> List(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? [] : ((JsonArray)JsonNode.Parse(row.GetString(column))!).OfType<JsonObject>();
}
