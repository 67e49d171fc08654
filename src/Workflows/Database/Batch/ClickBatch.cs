using Npgsql;

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

    /// <summary>Adds a statement with positional parameters (<c>$1</c>, <c>$2</c> …).</summary>
    public void Add(string sql, params ReadOnlySpan<SqlValue> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value.ToParameter());
        }

        batch.BatchCommands.Add(command);
    }

    /// <summary>
    /// What follows in this transaction is planned for the tables as they are now. For work that comes in surges: a plan that was kept from when
    /// a table was nearly empty reads all of it for every row. One result, of one row, more.
    /// </summary>
    public void PlanAnew() => Add("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)");
}
