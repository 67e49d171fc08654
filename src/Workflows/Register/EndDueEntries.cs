using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Register;

/// <summary>
/// Ends what ends by itself: entries whose kind says which of their values is the last day, once that day is over. Each is judged by what it says
/// itself, and ends as of the moment when it was due, however late that is found. Any number of hosts may do this at once. System use.
/// </summary>
public sealed class EndDueEntries(NpgsqlDataSource source, IRegisterKinds kinds, BusinessClock clock)
{
    private const int AtOnce = 500;

    // Who holds an entry is done in a moment; if not, the next tick asks again.
    private const int Attempts = 3;

    // ISO dates are in the order of their letters; what is no date is passed over when it is read. The index is the one by kind and end.
    private const string Due =
        """
        SELECT e.id, e.values->>k.last_day FROM unnest($1, $2) AS k (kind, last_day)
        JOIN register.entry e ON e.kind = k.kind AND e.valid_to IS NULL AND e.valid_from <= $3 AND e.values->>k.last_day < $4 COLLATE "C"
        """;

    // Values of an entry never change, so what was read is still so unless it has ended. What a click or another host is ending is passed over.
    private const string End =
        """
        UPDATE register.entry e SET valid_to = greatest(e.valid_from, d.over_at), ended_after = d.day
        FROM (SELECT h.id, u.day, u.over_at FROM unnest($1, $2, $3) AS u (id, day, over_at) JOIN register.entry h ON h.id = u.id
              WHERE h.valid_to IS NULL ORDER BY h.id FOR UPDATE OF h SKIP LOCKED) d
        WHERE e.id = d.id
        """;

    private DateOnly? finished;

    /// <summary>For each tick: asks nothing more on a day on which this host found nothing left to end.</summary>
    public async Task OnceADayAsync(CancellationToken ct)
    {
        if (finished != HongKong.DateIn(clock.GetUtcNow())) await RunAsync(ct);
    }

    /// <summary>Ends all that is due; one query where there is nothing.</summary>
    /// <returns>How many entries ended.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (total, inVain) = (0, 0);
        for (var due = await DueAsync(now, ct); due.Count > 0; due = await DueAsync(now, ct))
        {
            var ended = 0;
            foreach (var some in due.Chunk(AtOnce)) ended += await EndAsync(some, ct);
            total += ended;
            if (ended == 0 && ++inVain == Attempts) return total;
        }

        finished = HongKong.DateIn(now);
        return total;
    }

    private async Task<List<(Guid Id, DateOnly Day)>> DueAsync(DateTimeOffset now, CancellationToken ct)
    {
        var due = new List<(Guid, DateOnly)>();
        var ending = kinds.All().Where(k => k.Value.LastDay is not null).ToList();
        if (ending.Count == 0) return due;
        await using var command = source.CreateCommand(Due);
        command.Parameters.Add(new() { Value = ending.Select(k => k.Key).ToArray() });
        command.Parameters.Add(new() { Value = ending.Select(k => k.Value.LastDay!).ToArray() });
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        command.Parameters.Add(new() { Value = CalendarFiles.Iso(HongKong.DateIn(now)) });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            if (LastDays.Of(row.GetString(1)) is { } day && LastDays.IsOver(day, now)) due.Add((row.GetGuid(0), day));
        }

        return due;
    }

    private async Task<int> EndAsync((Guid Id, DateOnly Day)[] due, CancellationToken ct)
    {
        await using var command = source.CreateCommand(End);
        command.Parameters.Add(new() { Value = due.Select(d => d.Id).ToArray() });
        command.Parameters.Add(new() { Value = due.Select(d => d.Day).ToArray() });
        command.Parameters.Add(new() { Value = due.Select(d => LastDays.OverAt(d.Day).ToUniversalTime()).ToArray() });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
