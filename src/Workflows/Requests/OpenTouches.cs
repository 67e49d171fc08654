using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>An open request that keeps something to itself.</summary>
/// <param name="Number">Null where it is another firm's: for this viewer it does not exist.</param>
public sealed record OpenTouch(string Key, RequestId? Request, string? Number);

/// <summary>What open requests keep to themselves, so that a form can warn before it is sent.</summary>
public sealed class OpenTouches(NpgsqlDataSource source)
{
    /// <param name="keys">As a request would touch them (<c>position:P00012345</c>).</param>
    /// <param name="except">The request that asks, whose own touches are no news.</param>
    public async Task<IReadOnlyList<OpenTouch>> OfAsync(Viewer viewer, IReadOnlyCollection<string> keys, RequestId except, CancellationToken ct)
    {
        if (keys.Count == 0) return [];
        await using var command = source.CreateCommand(
            "SELECT t.key, t.request_id, r.number, r.firm_id FROM requests.touch t JOIN requests.service_request r ON r.id = t.request_id WHERE t.key = ANY ($1) AND t.request_id <> $2 ORDER BY t.key");
        command.Parameters.Add(new() { Value = keys.ToArray() });
        command.Parameters.Add(new() { Value = except.Value });
        var found = new List<OpenTouch>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var isOwn = row.GetGuid(3) == viewer.Firm.Value;
            found.Add(new OpenTouch(row.GetString(0), isOwn ? new RequestId(row.GetGuid(1)) : null, isOwn && !await row.IsDBNullAsync(2, ct) ? row.GetString(2) : null));
        }

        return found;
    }
}
