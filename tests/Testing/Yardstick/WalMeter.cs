using ClientConnect.Testing.Database;
using Npgsql;

namespace ClientConnect.Testing.Yardstick;

/// <summary>What was written ahead for one click.</summary>
/// <param name="Transactions">How many transactions wrote rows of the portal's tables.</param>
/// <param name="Bytes">Of these transactions, full pages left out: those are the checkpoints'.</param>
public sealed record Wal(int Transactions, long Bytes);

/// <summary>
/// Reads PostgreSQL's own log (<c>pg_walinspect</c>) between two moments: exact, whatever else runs on the server meanwhile.
/// </summary>
public sealed class WalMeter(TestDatabase database) : IAsyncDisposable
{
    // Transactions that touched a table of the portal; what Hangfire writes for itself beside them is not theirs.
    private const string Read =
        """
        WITH record AS (SELECT xid::text AS xid, block_ref, record_length, fpi_length FROM public.pg_get_wal_records_info($1::text::pg_lsn, $2::text::pg_lsn) WHERE xid::text <> '0'),
        ours AS (
          SELECT format('rel %s/%s/%s ', CASE WHEN c.reltablespace = 0 THEN d.dattablespace ELSE c.reltablespace END, d.oid, pg_relation_filenode(c.oid)) AS name
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_database d
          WHERE d.datname = current_database() AND c.relkind = 'r' AND n.nspname IN ('requests', 'events', 'inbox', 'deadlines', 'notices', 'register', 'access')),
        writer AS (SELECT DISTINCT r.xid FROM record r JOIN ours o ON position(o.name IN r.block_ref) > 0)
        SELECT count(DISTINCT r.xid)::int, coalesce(sum(r.record_length - r.fpi_length), 0)::bigint FROM record r JOIN writer w ON w.xid = r.xid
        """;

    private NpgsqlConnection? connection;

    public async Task<T> MeasureAsync<T>(Func<Task<T>> click, Action<Wal> measured)
    {
        connection ??= await OpenAsync();
        var from = await EndAsync();
        var answer = await click();
        await using var command = new NpgsqlCommand(Read, connection);
        command.Parameters.Add(new() { Value = from, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = await EndAsync() });
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        measured(new Wal(row.GetInt32(0), row.GetInt64(1)));
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var opened = await database.OpenAsSuperuserAsync();
        await using var command = new NpgsqlCommand("CREATE EXTENSION IF NOT EXISTS pg_walinspect SCHEMA public", opened);
        await command.ExecuteNonQueryAsync();
        return opened;
    }

    private async Task<string> EndAsync()
    {
        await using var command = new NpgsqlCommand("SELECT pg_current_wal_flush_lsn()::text", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
