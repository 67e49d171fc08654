using Npgsql;

namespace ClientConnect.Testing.Yardstick;

/// <summary>One value of a row, with the type that its column has.</summary>
public sealed record Cell(string Type, object? Value)
{
    /// <summary>Bytes and lists by what they hold, moments to their last digit: two clicks within a second write two moments.</summary>
    public bool IsSameAs(Cell other) => Text(Value) == Text(other.Value);

    private static string? Text(object? value) => value switch
    {
        null => null,
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime at => at.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        Array list => string.Join('\u001f', list.Cast<object>()),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}

/// <summary>A row that a click wrote.</summary>
/// <param name="Key">Columns and values of its primary key.</param>
/// <param name="Written">All columns of a new row, the changed ones of an old one.</param>
public sealed record WrittenRow(string Table, bool IsNew, IReadOnlyDictionary<string, Cell> Key, IReadOnlyDictionary<string, Cell> Written);

/// <summary>All rows that belong to one request, so that what a click wrote is seen by comparing before and after.</summary>
public sealed class RowsOfRequest
{
    private static readonly (string Table, string[] Key, string Where)[] Tables =
    [
        ("requests.service_request", ["id"], "id = $1"),
        ("events.event", ["request_id", "sequence"], "request_id = $1"),
        ("requests.operation", ["user_id", "key"], "answer ->> 'id' = $1::text"),
        ("inbox.task", ["id"], "request_id = $1"),
        ("deadlines.deadline", ["id"], "request_id = $1"),
        ("notices.notice", ["id"], "request_id = $1"),
        ("requests.touch", ["key"], "request_id = $1"),
        ("register.entry", ["id"], "request_id = $1"),
    ];

    private readonly Dictionary<string, (string Table, Dictionary<string, Cell> Key, Dictionary<string, Cell> Row)> rows = [];

    private RowsOfRequest()
    {
    }

    public static async Task<RowsOfRequest> ReadAsync(NpgsqlDataSource source, Guid request)
    {
        var read = new RowsOfRequest();
        await using var connection = await source.OpenConnectionAsync();
        foreach (var (table, key, where) in Tables)
        {
            await using var command = new NpgsqlCommand($"SELECT {await ColumnsAsync(connection, table)} FROM {table} WHERE {where}", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = request });
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                var cells = Enumerable.Range(0, row.FieldCount).ToDictionary(row.GetName, i => new Cell(row.GetDataTypeName(i), row.IsDBNull(i) ? null : row.GetValue(i)));
                var own = key.ToDictionary(k => k, k => cells[k]);
                read.rows[$"{table} {string.Join(' ', own.Values.Select(c => c.Value))}"] = (table, own, cells);
            }
        }

        return read;
    }

    // What PostgreSQL computes from the other columns is not written by anybody.
    private static async Task<string> ColumnsAsync(NpgsqlConnection connection, string table)
    {
        await using var command = new NpgsqlCommand(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = table });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What was written between the earlier reading and this one, in a fixed order. Rows that went are not there.</summary>
    public IReadOnlyList<WrittenRow> Since(RowsOfRequest before)
    {
        var written = new List<WrittenRow>();
        foreach (var (name, (table, key, row)) in rows)
        {
            if (!before.rows.TryGetValue(name, out var old))
            {
                written.Add(new WrittenRow(table, true, key, row));
                continue;
            }

            var changed = row.Where(c => !c.Value.IsSameAs(old.Row[c.Key])).ToDictionary();
            if (changed.Count > 0) written.Add(new WrittenRow(table, false, key, changed));
        }

        return written;
    }
}
