using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Database;

/// <summary>
/// Compares this machine's clock with the database's, so that in Production the business clock of all hosts is one. The only place
/// where SQL is asked the time.
/// </summary>
public sealed class DatabaseClock(NpgsqlDataSource source, BusinessClock business, TimeProvider machine)
{
    /// <summary>A host that is farther off than this is not ready: its people would see another time than the others'.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>Sets the business clock by the database's; returns how far this machine is behind it.</summary>
    public async Task<TimeSpan> FollowAsync(CancellationToken ct)
    {
        var before = machine.GetUtcNow();
        await using var command = source.CreateCommand("SELECT clock_timestamp()");
        var there = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(ct))!, TimeSpan.Zero);
        var after = machine.GetUtcNow();
        business.Offset = there - before - ((after - before) / 2);
        return business.Offset;
    }
}
