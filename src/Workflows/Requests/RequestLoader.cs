using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>Loads many requests at once on a connection that holds their locks. System read, for the sweep.</summary>
public sealed class RequestLoader(Catalogue catalogue, BusinessClock clock)
{
    private const string Many = $"SELECT {RequestColumns.Kept}, {RequestColumns.Fresh} FROM {RequestColumns.From} WHERE r.id = ANY ($1)";

    private readonly RequestColumns columns = new(catalogue, clock);

    public async Task<IReadOnlyList<LoadedRequest>> ManyAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Many, connection);
        command.Parameters.Add(((SqlValue)ids).ToParameter());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var requests = new List<LoadedRequest>();
        while (await reader.ReadAsync(ct))
        {
            requests.Add(columns.Map(RequestColumns.ImageIn(reader), reader, RequestColumns.KeptCount));
        }

        return requests;
    }
}
