using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>A firm's places at an occasion, or its turn.</summary>
/// <param name="Ahead">Requests that wait before it; null where it does not wait.</param>
public sealed record FirmEnrolment(RequestId Request, string? RequestNumber, Occasion Occasion, EnrolmentState State, int Places, int? Ahead, DateTimeOffset At);

/// <summary>What a participant's firm is enrolled for, for its people: of those eServices and memberships that they may view.</summary>
public sealed class EnrolmentsOf(NpgsqlDataSource source)
{
    private const string Own =
        $"""
        SELECT e.request_id, r.number, r.eservice, r.membership_id, e.state, e.places, e.at, o.key, o.values::text,
               (SELECT count(*)::int FROM enrolment.enrolment b WHERE b.occasion = e.occasion AND b.state = 'Waiting' AND b.position < e.position)
        FROM enrolment.enrolment e JOIN requests.service_request r ON r.id = e.request_id
        JOIN register.entry o ON o.kind = '{Occasion.Kind}' AND o.key = e.occasion AND o.valid_to IS NULL AND o.membership_id IS NULL
        WHERE e.firm_id = $1 AND ($2::uuid IS NULL OR e.request_id = $2) ORDER BY o.values->>'date' DESC, e.at DESC LIMIT 500
        """;

    /// <summary>The latest date first.</summary>
    public Task<IReadOnlyList<FirmEnrolment>> ReadAsync(Viewer viewer, CancellationToken ct) => ReadAsync(viewer, null, ct);

    /// <summary>Of one request; null where it has none, or none for this viewer.</summary>
    public async Task<FirmEnrolment?> FindAsync(Viewer viewer, RequestId request, CancellationToken ct) => await ReadAsync(viewer, request, ct) is [var own, ..] ? own : null;

    private async Task<IReadOnlyList<FirmEnrolment>> ReadAsync(Viewer viewer, RequestId? request, CancellationToken ct)
    {
        var found = new List<FirmEnrolment>();
        if (viewer.IsClearingHouse) return found;
        await using var command = source.CreateCommand(Own);
        command.Parameters.Add(new() { Value = viewer.Firm.Value });
        command.Parameters.Add(new() { Value = (object?)request?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            if (!viewer.MayView(row.GetString(2), new MembershipId(row.GetString(3)))) continue;
            var state = Enum.Parse<EnrolmentState>(row.GetString(4));
            found.Add(new FirmEnrolment(
                new RequestId(row.GetGuid(0)), await row.IsDBNullAsync(1, ct) ? null : row.GetString(1), Occasion.From(row.GetString(7), (JsonObject)JsonNode.Parse(row.GetString(8))!),
                state, row.GetInt32(5), state == EnrolmentState.Waiting ? row.GetInt32(9) : null, row.GetFieldValue<DateTimeOffset>(6)));
        }

        return found;
    }
}
