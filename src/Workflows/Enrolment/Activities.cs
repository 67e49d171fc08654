using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>How an occasion fills.</summary>
/// <param name="Taken">Places that people have.</param>
/// <param name="Waiting">Requests on the waiting list.</param>
public sealed record OccasionCount(Occasion Occasion, int Taken, int Waiting)
{
    /// <summary>Requests that have places, or have answered where nobody comes.</summary>
    public int Enrolled { get; init; }

    /// <summary>Places that whoever comes next may have: none while somebody waits.</summary>
    public int Free => Waiting > 0 ? 0 : Math.Max(0, Occasion.Capacity - Taken);
}

/// <summary>What there is to enrol for, and how it fills. The clearing house reads all of it, a participant's people what is ahead and for them.</summary>
public sealed class Activities(NpgsqlDataSource source, BusinessClock clock)
{
    private const string Counted =
        $"""
        SELECT e.key, e.values::text, coalesce(sum(p.places) FILTER (WHERE p.state = 'Enrolled'), 0)::int, (count(*) FILTER (WHERE p.state = 'Waiting'))::int, (count(*) FILTER (WHERE p.state = 'Enrolled'))::int
        FROM register.entry e LEFT JOIN enrolment.enrolment p ON p.occasion = e.key
        WHERE e.kind = '{Occasion.Kind}' AND e.valid_to IS NULL AND e.membership_id IS NULL AND ($1 = '' OR e.key = $1 OR e.values->>'activity' = $1)
        GROUP BY e.key, e.values ORDER BY e.values->>'date', e.key
        """;

    /// <summary>By date.</summary>
    /// <param name="of">An activity's number or an occasion's key; null for all.</param>
    public async Task<IReadOnlyList<OccasionCount>> ListAsync(Viewer viewer, string? of, CancellationToken ct)
    {
        var isHouse = PermissionTable.Allows(viewer, Permission.ReadRegister);
        var today = HongKong.DateIn(clock.GetUtcNow());
        return [.. (await AllAsync(of ?? string.Empty, ct)).Where(o => isHouse || (o.Occasion.Date >= today && IsFor(o.Occasion.Activity, viewer)))];
    }

    /// <summary>Null where there is no such occasion, or none for this viewer.</summary>
    public async Task<OccasionCount?> FindAsync(Viewer viewer, string key, CancellationToken ct) =>
        (await ListAsync(viewer, key, ct)).FirstOrDefault(o => o.Occasion.Key == key);

    internal async Task<IReadOnlyList<OccasionCount>> AllAsync(string of, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Counted);
        command.Parameters.Add(new() { Value = of });
        await using var row = await command.ExecuteReaderAsync(ct);
        var found = new List<OccasionCount>();
        while (await row.ReadAsync(ct))
        {
            found.Add(new OccasionCount(Occasion.From(row.GetString(0), (JsonObject)JsonNode.Parse(row.GetString(1))!), row.GetInt32(2), row.GetInt32(3)) { Enrolled = row.GetInt32(4) });
        }

        return found;
    }

    private static bool IsFor(Activity activity, Viewer viewer) =>
        !viewer.IsClearingHouse && (activity.Audience.Count == 0 || viewer.Memberships.Any(m => activity.Audience.Contains(m.Kind)));
}
