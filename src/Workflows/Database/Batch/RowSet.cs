using NpgsqlTypes;

namespace ClientConnect.Workflows.Database;

/// <summary>
/// Rows that one statement writes together. They travel as columns: the statement has <c>unnest($1, $2 …)</c>, an array per column,
/// so that its text, and with it its plan, is the same for any number of rows.
/// </summary>
public sealed class RowSet
{
    private readonly List<SqlValue[]> rows = [];

    public int Count => rows.Count;

    /// <summary>Adds a row; every row has values of the same types in the same order, none of them an array.</summary>
    public void Add(params ReadOnlySpan<SqlValue> row)
    {
        if (rows.Count > 0 && row.Length != rows[0].Length) throw new ArgumentException($"A row of {row.Length} values among rows of {rows[0].Length}.", nameof(row));
        rows.Add(row.ToArray());
    }

    /// <summary>Adds the statement with the columns as <c>$1</c> … and then the values that all rows share; nothing where there is no row.</summary>
    public void AddTo(ClickBatch batch, string sql, params ReadOnlySpan<SqlValue> shared)
    {
        if (rows.Count > 0) batch.Add(sql, [.. Columns(), .. shared]);
    }

    /// <summary>An array per column; there must be a row.</summary>
    public SqlValue[] Columns() => [.. Enumerable.Range(0, rows[0].Length).Select(c => SqlValue.Column([.. rows.Select(r => r[c])]))];

    /// <summary><c>$1, $2 …</c>, as many as there are columns.</summary>
    public static string Places(int count) => string.Join(", ", Enumerable.Range(1, count).Select(n => $"${n}"));
}
