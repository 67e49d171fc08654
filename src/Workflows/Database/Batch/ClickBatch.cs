using Npgsql;

namespace ClientConnect.Workflows.Database;

/// <summary>
/// One of the two round trips of a click: statements that go to the server together, and without an explicit BEGIN are one
/// transaction, all or none. Several modules add to the same batch before it is sent.
/// </summary>
public sealed class ClickBatch
{
    private readonly NpgsqlBatch batch;
    private readonly Together? together;
    private NpgsqlBatchCommand? one;

    /// <param name="joins">Whether what is added beside others goes as one statement with them; <see cref="Close"/> is to be called then.</param>
    internal ClickBatch(NpgsqlBatch batch, bool joins = false) => (this.batch, together) = (batch, joins ? new Together() : null);

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
    /// Adds a write that neither reads nor meets a row which another write of this batch changes. In a click all of these are one statement:
    /// each that is one of its own takes PostgreSQL 10 to 30 µs to begin and to end.
    /// </summary>
    public void AddBeside(string sql, params ReadOnlySpan<SqlValue> values)
    {
        if (together is null)
        {
            Add(sql, values);
            return;
        }

        // Where the first of them stands; all before it has happened, and what follows meets none of them.
        if (one is null) batch.BatchCommands.Add(one = new NpgsqlBatchCommand());
        together.Add(sql);
        foreach (var value in values)
        {
            one.Parameters.Add(value.ToParameter());
        }
    }

    /// <summary>Everything has been added.</summary>
    internal void Close()
    {
        if (one is not null) one.CommandText = together!.Sql;
    }

    /// <summary>
    /// What follows in this transaction is planned for the tables as they are now. For work that comes in surges: a plan that was kept from when
    /// a table was nearly empty reads all of it for every row. One result, of one row, more.
    /// </summary>
    public void PlanAnew() => Add("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)");
}
