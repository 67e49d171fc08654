using System.Data;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;
using Npgsql;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>
/// What moves with the calendar: the open deadlines of requests under way, each by its own rule and by what was known when it was armed. What has
/// passed stays; what the rule no longer gives from what is known now stays too, for then it is not the calendar that moves it. Days that were
/// answered stay as they were sent; those that the calendar closes are named, and whoever works on the request is told.
/// </summary>
public sealed class CalendarMovesOf(NpgsqlDataSource source, ClickLoad loader, RequestWriter writer, ClickConnection connection, CalendarStore calendars, BusinessClock clock) : ICalendarMoves
{
    private const int AtOnce = 200;

    // How long a click may take from when it reads the calendar until it is written.
    private static readonly TimeSpan LongestClick = TimeSpan.FromMinutes(1);

    private const string LastImport = "SELECT id, imported_at FROM register.import WHERE imported_at IS NOT NULL AND kind = ANY ($1) ORDER BY imported_at DESC LIMIT 1";

    private const string Open =
        $"""
        SELECT d.request_id, d.step, d.visit, d.name, d.planned_at, d.passes_at, min(d.due_at) FILTER (WHERE d.kind IN ('Passes', 'Wait')), bool_or(d.kind = 'CutOff')
        FROM deadlines.deadline d WHERE d.state = 'Armed' AND d.due_at > $1 AND d.kind IN {MovedDeadlines.Planned} AND d.planned_at >= $2 AND d.calendar_version <> $3
        GROUP BY d.request_id, d.step, d.visit, d.name, d.planned_at, d.passes_at ORDER BY d.request_id, d.step, d.visit, d.name
        """;

    private const string UnderWay = "SELECT id FROM requests.service_request WHERE sequence > 0 AND closed_at IS NULL";

    // Of a deadline its cut-off where that moved, else its end, else what it is reminded before: a reminder is as far from it as it was.
    private const string Done =
        """
        SELECT DISTINCT ON (d.request_id, d.step, d.visit, d.name) d.request_id, d.step, d.name, m.from_at + b.before, m.to_at + b.before, m.moved_at
        FROM deadlines.deadline_move m JOIN deadlines.deadline d ON d.id = m.deadline_id
        CROSS JOIN LATERAL (SELECT CASE WHEN d.kind IN ('Reminder', 'Escalation') THEN d.passes_at - d.due_at ELSE interval '0' END AS before) b
        WHERE m.import_id = $1 ORDER BY d.request_id, d.step, d.visit, d.name, array_position(ARRAY['CutOff', 'Passes', 'Wait'], d.kind)
        """;

    public async Task<CalendarMoves> OfAsync(BusinessCalendar before, BusinessCalendar after, DateTimeOffset now, CancellationToken ct)
    {
        if (before.Version == after.Version) return CalendarMoves.None;
        var moving = await MovingAsync(DateTimeOffset.MinValue, before, after, now, ct);
        return new CalendarMoves(
            [.. moving.SelectMany(m => m.Shown).OrderBy(m => m.From).ThenBy(m => m.Number, StringComparer.Ordinal).ThenBy(m => m.Request.Value)],
            [.. moving.SelectMany(m => m.Closed).OrderBy(c => c.Day).ThenBy(c => c.Number, StringComparer.Ordinal).ThenBy(c => c.Request.Value)],
            (batch, import) => Add(batch, moving, import, now));
    }

    /// <summary>
    /// Moves what clicks have armed by the calendar of before, on hosts that did not know yet that there is another one. Any number of hosts may
    /// do it at once; what one has done the others leave. System use, for a while after the calendar has changed.
    /// </summary>
    public async Task<int> CatchUpAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await LastImportAsync(ct) is not { } last) return 0;
        var moving = await MovingAsync(last.At - LongestClick, null, calendars.Current, now, ct);
        if (moving.Count == 0) return 0;
        var outcome = await connection.WriteAsync(batch => Add(batch, moving, last.Id, now), ct);
        return outcome.LostRace ? 0 : moving.Count;
    }

    private void Add(ClickBatch batch, List<MovingRequest> moving, Guid import, DateTimeOffset now)
    {
        if (moving.Count > 0) writer.AddAll(batch, [.. moving.Select(m => (m.Request, m.Change(import)))], now);
    }

    private async Task<List<MovingRequest>> MovingAsync(DateTimeOffset plannedSince, BusinessCalendar? before, BusinessCalendar after, DateTimeOffset now, CancellationToken ct)
    {
        // Rows and requests of one moment: who read the rows before another host moved them, and the request after, would move it again.
        await using var reading = await source.OpenConnectionAsync(ct);
        await using var moment = await reading.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var open = (await OpenAsync(reading, now, plannedSince, after.Version, ct)).ToLookup(d => d.Request);
        var concerned = before is null ? open.Select(d => d.Key) : open.Select(d => d.Key).Union(await UnderWayAsync(reading, ct));
        var moving = new List<MovingRequest>();
        foreach (var some in concerned.Order().Chunk(AtOnce))
        {
            var requests = await loader.ManyAsync(reading, some, ct);
            moving.AddRange(requests.Where(r => r.IsReadable).Select(r => MovingRequest.Of(r, [.. open[r.Id.Value]], before, after, now)).OfType<MovingRequest>());
        }

        return moving;
    }

    private async Task<(Guid Id, DateTimeOffset At)?> LastImportAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(LastImport);
        command.Parameters.Add(new() { Value = Enum.GetValues<Market>().Select(CalendarFiles.KindOf).ToArray() });
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1)) : null;
    }

    public async Task<IReadOnlyList<MovedDeadline>> DoneAsync(Guid import, CancellationToken ct)
    {
        await using var reading = await source.OpenConnectionAsync(ct);
        var done = new List<(Guid Request, string Step, string Name, DateTimeOffset From, DateTimeOffset To, DateTimeOffset At)>();
        await using (var command = new NpgsqlCommand(Done, reading))
        {
            command.Parameters.Add(new() { Value = import });
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
            {
                done.Add((row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5)));
            }
        }

        var requests = new Dictionary<Guid, LoadedRequest>();
        foreach (var ids in done.Select(d => d.Request).Distinct().Chunk(AtOnce))
        {
            foreach (var request in await loader.ManyAsync(reading, ids, ct)) requests[request.Id.Value] = request;
        }

        return [.. done.OrderBy(d => d.From).ThenBy(d => d.Request).Where(d => requests[d.Request].IsReadable).Select(d => MovingRequest.Named(requests[d.Request], d.Step, d.Name, d.From, d.To, d.At))];
    }

    private static async Task<List<Guid>> UnderWayAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(UnderWay, connection);
        await using var row = await command.ExecuteReaderAsync(ct);
        var ids = new List<Guid>();
        while (await row.ReadAsync(ct)) ids.Add(row.GetGuid(0));
        return ids;
    }

    private static async Task<List<OpenDeadline>> OpenAsync(NpgsqlConnection connection, DateTimeOffset now, DateTimeOffset plannedSince, string version, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Open, connection);
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        command.Parameters.Add(new() { Value = plannedSince.ToUniversalTime() });
        command.Parameters.Add(new() { Value = version });
        await using var row = await command.ExecuteReaderAsync(ct);
        var open = new List<OpenDeadline>();
        while (await row.ReadAsync(ct))
        {
            open.Add(new OpenDeadline(
                row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5),
                await row.IsDBNullAsync(6, ct) ? null : row.GetFieldValue<DateTimeOffset>(6), row.GetBoolean(7)));
        }

        return open;
    }
}

/// <summary>A deadline at a step that waits, of which something is still to come.</summary>
/// <param name="DueAt">As it was planned, late time apart.</param>
/// <param name="LeavesAt">When the token would leave; null where no token does.</param>
/// <param name="HasCutOff">Its cut-off is still to come, and a late time after it.</param>
internal sealed record OpenDeadline(Guid Request, string Step, int Visit, string Name, DateTimeOffset PlannedAt, DateTimeOffset DueAt, DateTimeOffset? LeavesAt, bool HasCutOff);
