using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.EServices;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>Loads many requests at once on a connection that holds their locks. System read, for the sweep.</summary>
public sealed class RequestLoader(Catalogue catalogue, BusinessClock clock, IEnumerable<IRequestFact> facts)
{
    private readonly ClickLoad load = new(catalogue, clock, facts);

    public Task<IReadOnlyList<LoadedRequest>> ManyAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken ct) => load.ManyAsync(connection, ids, ct);
}
