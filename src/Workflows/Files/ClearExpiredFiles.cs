using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Files;

/// <summary>
/// The sweep's part of retention: deletes the content of what was published once its time is over, and writes that down in the same
/// statement; name, digest and log stay. Two runs at once share the work.
/// </summary>
public sealed class ClearExpiredFiles(NpgsqlDataSource database, BusinessClock clock)
{
    private const string Sql = """
        WITH due AS (
          SELECT id FROM files.publication WHERE cleared_at IS NULL AND kept_until <= $1 ORDER BY kept_until LIMIT 100 FOR UPDATE SKIP LOCKED),
        cleared AS (UPDATE files.publication p SET cleared_at = $1 FROM due WHERE p.id = due.id RETURNING p.id),
        gone AS (DELETE FROM files.content c USING cleared WHERE c.attachment_id = cleared.id)
        INSERT INTO files.publication_event (publication_id, kind, at) SELECT id, 'Expired', $1 FROM cleared
        """;

    /// <returns>How many were cleared.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
