using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace ClientConnect.Testing.Yardstick;

/// <summary>Where a parameter's value comes from.</summary>
public enum Source
{
    /// <summary>The value that the portal's click wrote.</summary>
    Same,

    /// <summary>The id of the request that is clicked.</summary>
    Request,

    /// <summary>A row's id, which differs from request to request.</summary>
    RowId,

    /// <summary>A text that is unique: the portal's, as long, with digits of the request's id in it.</summary>
    UniqueText,

    /// <summary>A text that names the request: the portal's, with this one's id.</summary>
    TextOfRequest,
}

/// <summary>One parameter of a statement, with its type: what has none is prepared again and again.</summary>
public sealed record PlannedValue(Source From, string Type, string? Value);

/// <summary>One statement of the yardstick's batch, for all rows of a table that are written alike.</summary>
public sealed record PlannedStatement(string Sql, IReadOnlyList<PlannedValue> Values, int Rows);

/// <summary>
/// What the yardstick does for one kind of click: the rows that the portal's click wrote into the same tables, known beforehand,
/// by the fewest statements. It decides, checks and looks for nothing.
/// </summary>
public sealed record YardstickPlan(string Click, Guid Example, IReadOnlyList<PlannedStatement> Statements)
{
    public int Rows => Statements.Sum(s => s.Rows);

    /// <param name="example">The request whose click wrote the rows.</param>
    public static YardstickPlan Of(string click, Guid example, IReadOnlyList<WrittenRow> written)
    {
        var statements = new List<PlannedStatement>();
        foreach (var alike in written.GroupBy(w => $"{w.Table} {w.IsNew} {string.Join(',', w.Written.Keys)}"))
        {
            var rows = alike.ToList();
            statements.Add(rows[0].IsNew ? Insert(rows, example) : Update(rows, example));
        }

        return new YardstickPlan(click, example, statements);
    }

    public static string Save(IEnumerable<YardstickPlan> plans) => JsonSerializer.Serialize(plans);

    public static IReadOnlyList<YardstickPlan> Load(string saved) => JsonSerializer.Deserialize<List<YardstickPlan>>(saved)!;

    private static PlannedStatement Insert(List<WrittenRow> rows, Guid example)
    {
        var columns = rows[0].Written.Keys.ToList();
        var values = rows.SelectMany(r => columns.Select(c => Planned(r, c, r.Written[c], example))).ToList();
        var tuples = rows.Select((_, r) => $"({string.Join(", ", columns.Select((_, c) => $"${(r * columns.Count) + c + 1}"))})");
        return new PlannedStatement($"INSERT INTO {rows[0].Table} ({string.Join(", ", columns)}) VALUES {string.Join(", ", tuples)}", values, rows.Count);
    }

    // Rows that change alike (deadlines that are cleared) change by one statement, each found by its key.
    private static PlannedStatement Update(List<WrittenRow> rows, Guid example)
    {
        var columns = rows[0].Written.Keys.ToList();
        var values = columns.Select(c => Planned(rows[0], c, rows[0].Written[c], example)).ToList();
        var set = string.Join(", ", columns.Select((c, i) => $"{c} = ${i + 1}"));
        var keys = rows.Select(r => r.Key.Single()).ToList();
        var places = string.Join(", ", keys.Select((_, i) => $"${columns.Count + i + 1}"));
        values.AddRange(keys.Select(k => new PlannedValue(k.Value.Value is Guid id && id == example ? Source.Request : Source.RowId, k.Value.Type, Text(k.Value))));
        return new PlannedStatement($"UPDATE {rows[0].Table} SET {set} WHERE {keys[0].Key} IN ({places})", values, rows.Count);
    }

    private static PlannedValue Planned(WrittenRow row, string column, Cell cell, Guid example) => (row.Table, column, cell.Value) switch
    {
        (_, _, Guid id) when id == example => new(Source.Request, cell.Type, Text(cell)),
        (_, "id", Guid) => new(Source.RowId, cell.Type, Text(cell)),
        ("requests.operation", "answer", _) => new(Source.TextOfRequest, cell.Type, Text(cell)),
        ("requests.service_request", "number", string) or ("requests.operation", "key", _) or ("requests.touch", "key", _) or ("register.entry", "key", _) => new(Source.UniqueText, cell.Type, Text(cell)),
        _ => new(Source.Same, cell.Type, Text(cell)),
    };

    private static string? Text(Cell cell) => cell.Value switch
    {
        null => null,
        byte[] bytes => Convert.ToBase64String(bytes),
        DateTime at => at.ToString("O", CultureInfo.InvariantCulture),
        string[] or Guid[] => JsonSerializer.Serialize(cell.Value),
        _ => Convert.ToString(cell.Value, CultureInfo.InvariantCulture),
    };
}

/// <summary>A plan made ready to run: nothing is looked up or converted per click but what differs per request.</summary>
public sealed class YardstickClick
{
    private const string Read = "SELECT sequence, draft_revision, status, answers, run FROM requests.service_request WHERE id = $1";

    private readonly (string Sql, (Source From, string Type, object Value)[] Values)[] statements;
    private readonly Guid example;

    public YardstickClick(YardstickPlan plan)
    {
        example = plan.Example;
        statements = [.. plan.Statements.Select(s => (s.Sql, s.Values.Select(v => (v.From, v.Type, Typed(v))).ToArray()))];
    }

    /// <returns>False where there is no such request.</returns>
    public async Task<bool> RunAsync(NpgsqlDataSource source, Guid request)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using (var command = new NpgsqlCommand(Read, connection))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = request });
            await using var row = await command.ExecuteReaderAsync();
            if (!await row.ReadAsync()) return false;
            _ = (row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetString(3));
        }

        await using var batch = connection.CreateBatch();
        foreach (var (sql, values) in statements)
        {
            var statement = new NpgsqlBatchCommand(sql);
            for (var i = 0; i < values.Length; i++)
            {
                statement.Parameters.Add(new NpgsqlParameter { DataTypeName = values[i].Type, Value = ValueFor(request, values[i].From, values[i].Value, i) });
            }

            batch.BatchCommands.Add(statement);
        }

        await batch.ExecuteNonQueryAsync();
        return true;
    }

    private object ValueFor(Guid request, Source from, object value, int place) => from switch
    {
        Source.Same => value,
        Source.Request => request,
        Source.RowId => Own((Guid)value, request),
        Source.TextOfRequest => ((string)value).Replace(example.ToString(), request.ToString(), StringComparison.Ordinal),
        Source.UniqueText => Unique((string)value, request, place),
        _ => throw new ArgumentOutOfRangeException(nameof(from)),
    };

    // The portal's row ids follow from the request's; so do these, and a later click finds the row of an earlier one.
    private Guid Own(Guid row, Guid request)
    {
        var (mine, theirs, old) = (row.ToByteArray(), request.ToByteArray(), example.ToByteArray());
        for (var i = 0; i < mine.Length; i++) mine[i] ^= (byte)(theirs[i] ^ old[i]);
        return new Guid(mine);
    }

    private static string Unique(string text, Guid request, int place)
    {
        var own = string.Create(CultureInfo.InvariantCulture, $"{place:00}{request:N}");
        return text.Length <= own.Length ? own[..text.Length] : own + text[own.Length..];
    }

    private static object Typed(PlannedValue value) => value switch
    {
        { Value: null } => DBNull.Value,
        { Type: "uuid" } => Guid.Parse(value.Value),
        { Type: "integer" } => int.Parse(value.Value, CultureInfo.InvariantCulture),
        { Type: "bigint" } => long.Parse(value.Value, CultureInfo.InvariantCulture),
        { Type: "boolean" } => bool.Parse(value.Value),
        { Type: "bytea" } => Convert.FromBase64String(value.Value),
        { Type: "timestamp with time zone" } => DateTime.Parse(value.Value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        { Type: "text[]" } => JsonSerializer.Deserialize<string[]>(value.Value)!,
        { Type: "uuid[]" } => JsonSerializer.Deserialize<Guid[]>(value.Value)!,
        _ => value.Value,
    };
}
