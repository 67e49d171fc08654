using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>Where the open requests of an eService stand: whoever changes its flow must not take that step away.</summary>
public sealed class RunsUnderWay(NpgsqlDataSource source, RequestWriter writers) : IRunsUnderWay
{
    private const string Steps =
        """
        SELECT token ->> 'step', count(DISTINCT r.id)::int
        FROM requests.service_request r, jsonb_array_elements(r.run -> 'tokens') token
        WHERE r.eservice = $1 AND r.closed_at IS NULL AND r.run IS NOT NULL GROUP BY 1
        """;

    public async Task<IReadOnlyDictionary<string, int>> StandingAsync(Viewer viewer, string eService, CancellationToken ct)
    {
        var standing = new Dictionary<string, int>(StringComparer.Ordinal);
        if (!PermissionTable.Allows(viewer, Permission.EditEServices)) return standing;
        await using var command = source.CreateCommand(Steps);
        command.Parameters.Add(new() { Value = eService });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) standing[row.GetString(0)] = row.GetInt32(1);
        return standing;
    }

    public IReadOnlyList<BundleFault> Unwritten(EServiceBundle bundle) =>
        [.. FlowEffects.Of(bundle.Flow).Where(e => !writers.Writes.Contains(e)).Select(e => new BundleFault(ReleaseDraft.DrawingFile, "", $"Nothing here writes the effect {e.Name}; leave the step out.") { Code = BundleFaultCodes.Effect })];
}
