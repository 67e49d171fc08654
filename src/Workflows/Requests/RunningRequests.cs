using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>How many requests go on by one release.</summary>
/// <param name="Release">The hash of its bundle.</param>
public sealed record RunningCount(string EService, string Release, int Requests);

/// <summary>The requests under way, counted by the release that they follow: whoever changes a flow must know who is on it. None of them is told.</summary>
public sealed class RunningRequests(NpgsqlDataSource source)
{
    private const string Counts =
        "SELECT eservice, bundle_hash, count(*)::int FROM requests.service_request WHERE bundle_hash IS NOT NULL AND closed_at IS NULL GROUP BY eservice, bundle_hash";

    /// <summary>Empty for whom the designer is closed.</summary>
    public async Task<IReadOnlyList<RunningCount>> OfAsync(Viewer viewer, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ViewEServices)) return [];
        await using var command = source.CreateCommand(Counts);
        await using var row = await command.ExecuteReaderAsync(ct);
        var counts = new List<RunningCount>();
        while (await row.ReadAsync(ct)) counts.Add(new RunningCount(row.GetString(0), row.GetString(1), row.GetInt32(2)));
        return counts;
    }
}
