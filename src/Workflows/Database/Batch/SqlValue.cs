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

    public static implicit operator SqlValue(JsonNode? json) => new(json?.ToJsonString(), NpgsqlDbType.Jsonb);

    public static implicit operator SqlValue(Enum name) => new(name.ToString(), NpgsqlDbType.Text);

    public static implicit operator SqlValue(string?[] texts) => new(texts, NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static implicit operator SqlValue(Guid[] ids) => new(ids, NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    public static implicit operator SqlValue(int[] numbers) => new(numbers, NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public static implicit operator SqlValue(int?[] numbers) => new(numbers, NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public static implicit operator SqlValue(DateTimeOffset[] instants) => new(Array.ConvertAll(instants, i => i.ToUniversalTime()), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);

    public static implicit operator SqlValue(TimeSpan[] spans) => new(spans, NpgsqlDbType.Array | NpgsqlDbType.Interval);

    /// <summary>JSON that is text already.</summary>
    public static SqlValue Json(string? text) => new(text, NpgsqlDbType.Jsonb);

    internal NpgsqlParameter ToParameter() => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}
