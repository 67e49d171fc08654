using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;

namespace ClientConnect.Workflows.Database;

/// <summary>
/// A parameter's value with its type. A null without one would be another statement to PostgreSQL than the same text with a value,
/// and be prepared, and planned, again and again.
/// </summary>
public readonly struct SqlValue
{
    // Letters beyond ASCII as they are: PostgreSQL would only turn them back.
    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly object? value;
    private readonly NpgsqlDbType type;

    private SqlValue(object? value, NpgsqlDbType type) => (this.value, this.type) = (value, type);

    public static implicit operator SqlValue(string? text) => new(text, NpgsqlDbType.Text);

    public static implicit operator SqlValue(Guid id) => new(id, NpgsqlDbType.Uuid);

    public static implicit operator SqlValue(Guid? id) => new(id, NpgsqlDbType.Uuid);

    public static implicit operator SqlValue(int number) => new(number, NpgsqlDbType.Integer);

    public static implicit operator SqlValue(int? number) => new(number, NpgsqlDbType.Integer);

    public static implicit operator SqlValue(long number) => new(number, NpgsqlDbType.Bigint);

    public static implicit operator SqlValue(bool isSo) => new(isSo, NpgsqlDbType.Boolean);

    public static implicit operator SqlValue(DateTimeOffset instant) => new(instant.ToUniversalTime(), NpgsqlDbType.TimestampTz);

    public static implicit operator SqlValue(DateTimeOffset? instant) => new(instant?.ToUniversalTime(), NpgsqlDbType.TimestampTz);

    public static implicit operator SqlValue(byte[]? bytes) => new(bytes, NpgsqlDbType.Bytea);

    public static implicit operator SqlValue(JsonNode? json) => new(json?.ToJsonString(Plainly), NpgsqlDbType.Jsonb);

    public static implicit operator SqlValue(Enum name) => new(name.ToString(), NpgsqlDbType.Text);

    public static implicit operator SqlValue(string?[] texts) => new(texts, NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static implicit operator SqlValue(Guid[] ids) => new(ids, NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    public static implicit operator SqlValue(int[] numbers) => new(numbers, NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public static implicit operator SqlValue(int?[] numbers) => new(numbers, NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public static implicit operator SqlValue(DateTimeOffset[] instants) => new(Array.ConvertAll(instants, i => i.ToUniversalTime()), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);

    public static implicit operator SqlValue(bool[] flags) => new(flags, NpgsqlDbType.Array | NpgsqlDbType.Boolean);

    public static implicit operator SqlValue(TimeSpan[] spans) => new(spans, NpgsqlDbType.Array | NpgsqlDbType.Interval);

    /// <summary>JSON that is text already.</summary>
    public static SqlValue Json(string? text) => new(text, NpgsqlDbType.Jsonb);

    /// <summary>The values of one column of several rows, as an array.</summary>
    internal static SqlValue Column(SqlValue[] values) => values[0].type switch
    {
        NpgsqlDbType.Uuid => Column<Guid?>(values),
        NpgsqlDbType.Integer => Column<int?>(values),
        NpgsqlDbType.Bigint => Column<long?>(values),
        NpgsqlDbType.Boolean => Column<bool?>(values),
        NpgsqlDbType.TimestampTz => Column<DateTimeOffset?>(values),
        NpgsqlDbType.Bytea => Column<byte[]?>(values),
        NpgsqlDbType.Text or NpgsqlDbType.Jsonb => Column<string?>(values),
        var other => throw new ArgumentException($"Values of type {other} are no column.", nameof(values)),
    };

    private static SqlValue Column<T>(SqlValue[] values)
    {
        var type = values[0].type;
        return new(Array.ConvertAll(values, v => v.type == type ? (T)v.value! : throw new ArgumentException($"A value of type {v.type} in a column of {type}.", nameof(values))), NpgsqlDbType.Array | type);
    }

    internal NpgsqlParameter ToParameter() => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}
