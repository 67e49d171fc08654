using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;

namespace ClientConnect.Workflows.Database;

/// <summary>
/// One of the two round trips of a click: statements that go to the server together, and without an explicit BEGIN are one
/// transaction, all or none. Several modules add to the same batch before it is sent.
/// </summary>
public sealed class ClickBatch
{
    private readonly NpgsqlBatch batch;

    internal ClickBatch(NpgsqlBatch batch) => this.batch = batch;

    /// <summary>How many statements stand in the batch.</summary>
    public int Count => batch.BatchCommands.Count;

    /// <summary>Adds a statement with positional parameters (<c>$1</c>, <c>$2</c> …); a <see cref="JsonNode"/> becomes jsonb.</summary>
    public void Add(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(Parameter(value));
        }

        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        JsonNode json => new NpgsqlParameter { Value = json.ToJsonString(), NpgsqlDbType = NpgsqlDbType.Jsonb },
        DateTimeOffset instant => new NpgsqlParameter { Value = instant.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz },
        Enum name => new NpgsqlParameter { Value = name.ToString(), NpgsqlDbType = NpgsqlDbType.Text },
        _ => new NpgsqlParameter { Value = value },
    };
}
