using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>Who comes to an occasion, and who waits.</summary>
public sealed record RosterOf(OccasionCount Count, IReadOnlyList<RosterRow> Rows)
{
    /// <summary>As CSV, one attendee a row.</summary>
    public string ToCsv() => Csv.Of(
        ["firm", "membership", "request", "state", "position", "name", "title", "email", "phone", "part", "attended", "result", "remark"],
        Rows.Select(r => new[]
        {
            r.Firm, r.ParticipantId, r.RequestNumber ?? string.Empty, r.State.ToString(), r.Position.ToString(System.Globalization.CultureInfo.InvariantCulture),
            r.Name, r.Title ?? string.Empty, r.Email, r.Phone ?? string.Empty, r.Part ?? string.Empty,
            r.HasAttended switch { true => "yes", false => "no", null => string.Empty }, r.HasPassed switch { true => "pass", false => "fail", null => string.Empty }, r.Remark ?? string.Empty,
        }));
}

/// <summary>One attendee.</summary>
/// <param name="Position">The order in which the enrolment arrived.</param>
public sealed record RosterRow(
    RequestId Request, string? RequestNumber, int Number, string Firm, string ParticipantId, EnrolmentState State, int Position, string Name, string? Title, string Email, string? Phone, string? Part,
    bool? HasAttended, bool? HasPassed, string? Remark);

/// <summary>Reads rosters, for the clearing house's people.</summary>
public sealed class Roster(NpgsqlDataSource source, Activities activities)
{
    private const string Rows =
        """
        SELECT a.request_id, r.number, a.number, f.name_en, m.participant_id, e.state, e.position, a.name, a.title, a.email, a.phone, a.part, a.has_attended, a.has_passed, a.remark
        FROM enrolment.attendee a JOIN enrolment.enrolment e ON e.request_id = a.request_id JOIN requests.service_request r ON r.id = a.request_id
        JOIN access.firm f ON f.id = e.firm_id JOIN access.membership m ON m.id = e.membership_id
        WHERE a.occasion = $1 AND a.is_coming ORDER BY e.state, e.position, a.number
        """;

    /// <summary>Null where there is no such occasion, or none for this viewer.</summary>
    public async Task<RosterOf?> ReadAsync(Viewer viewer, string key, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ReadRegister) || await activities.FindAsync(viewer, key, ct) is not { } count) return null;
        await using var command = source.CreateCommand(Rows);
        command.Parameters.Add(new() { Value = key });
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<RosterRow>();
        while (await row.ReadAsync(ct))
        {
            rows.Add(new RosterRow(
                new RequestId(row.GetGuid(0)), Text(row, 1), row.GetInt32(2), row.GetString(3), row.GetString(4), Enum.Parse<EnrolmentState>(row.GetString(5)), row.GetInt32(6),
                row.GetString(7), Text(row, 8), row.GetString(9), Text(row, 10), Text(row, 11), YesNo(row, 12), YesNo(row, 13), Text(row, 14)));
        }

        return new RosterOf(count, rows);
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static bool? YesNo(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetBoolean(column);
}
