using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Database;

/// <summary>
/// An UPDATE of the columns that change and no others: what stands in a wide row is not written again. Clicks of one kind change the
/// same columns, so that there are few statements, each prepared once.
/// </summary>
/// <param name="found">How the row is found, with <c>$1</c> … for <paramref name="by"/>.</param>
public sealed class RowChange(string table, string found, SqlValue[] by)
{
    private static readonly ConcurrentDictionary<string, string> Statements = new(StringComparer.Ordinal);

    private readonly List<string> columns = [];
    private readonly List<SqlValue> values = [.. by];

    /// <summary>The columns that change, in the order in which they were set.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>What the row is found by, and then the new values.</summary>
    public IReadOnlyList<SqlValue> Values => values;

    public void Set(string column, SqlValue value)
    {
        columns.Add(column);
        values.Add(value);
    }

    public void SetWhere(string column, bool changed, SqlValue value)
    {
        if (changed) Set(column, value);
    }

    public void SetJson(string column, JsonNode? before, JsonNode? after)
    {
        if (!ReferenceEquals(before, after) && !JsonNode.DeepEquals(before, after)) Set(column, after);
    }

    public void AddTo(ClickBatch batch) =>
        batch.Add(Statements.GetOrAdd($"{table} {found} {string.Join(',', columns)}", _ => Statement()), values.ToArray());

    private string Statement() => $"UPDATE {table} SET {string.Join(", ", columns.Select((c, i) => $"{c} = ${by.Length + i + 1}"))} WHERE {found}";
}
