using Npgsql;

namespace ClientConnect.Workflows.Database;

/// <summary>
/// How a click speaks to PostgreSQL: a batch that loads and a batch that writes. Round trips decide the speed of a click, not
/// work (docs/decisions/0004), so nothing else may go over the wire between them.
/// </summary>
/// <param name="lists">The host's other pool, which gives its idle connections back where the server has none left for a click; null where there is no other.</param>
public sealed class ClickConnection(NpgsqlDataSource source, NpgsqlDataSource? lists = null)
{
    // A connection that is given back takes the server a moment to end.
    private const int Attempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Raised by setup.expect(): the row is no longer the one that was loaded.
    private const string NotAsExpected = "CC409";

    /// <summary>Sends the statements in one round trip and hands their results, in order, to <paramref name="read"/>.</summary>
    public async Task<T> ReadAsync<T>(Action<ClickBatch> add, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var batch = connection.CreateBatch();
        add(new ClickBatch(batch));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await read(reader, ct);
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await source.OpenConnectionAsync(ct);
            }
            catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections && lists is not null && attempt < Attempts)
            {
                lists.Clear();
                await Task.Delay(Pause, ct);
            }
        }
    }

    /// <summary>
    /// Sends the statements in one round trip as one transaction. <see cref="WriteOutcome.LostRace"/> where another click was
    /// first (the event's or the operation's key was taken): everything of this one has been rolled back.
    /// </summary>
    public async Task<WriteOutcome> WriteAsync(Action<ClickBatch> add, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var batch = connection.CreateBatch();
        var statements = new ClickBatch(batch, joins: true);
        add(statements);
        statements.Close();
        try
        {
            await batch.ExecuteNonQueryAsync(ct);
            return WriteOutcome.Written;
        }
        catch (PostgresException taken) when (taken.SqlState is PostgresErrorCodes.UniqueViolation or NotAsExpected)
        {
            return new WriteOutcome(taken.ConstraintName ?? string.Empty);
        }
    }
}

/// <summary>What became of a write.</summary>
/// <param name="TakenKey">Name of the unique key that somebody else had taken first; null where the write stands.</param>
public readonly record struct WriteOutcome(string? TakenKey)
{
    public static readonly WriteOutcome Written = new(null);

    public bool LostRace => TakenKey is not null;
}
