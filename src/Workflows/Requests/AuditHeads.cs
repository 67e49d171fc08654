using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Requests;

/// <summary>The last event that each request says it has, for the proof of the record. System read.</summary>
public sealed class AuditHeads(IDbContextFactory<PortalDb> databases)
{
    public async Task<IReadOnlyDictionary<RequestId, (int Sequence, byte[]? Hash)>> AllAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Set<RequestRow>().AsNoTracking().Select(r => new { r.Id, r.Sequence, r.HeadHash }).ToListAsync(ct);
        return rows.ToDictionary(r => r.Id, r => (r.Sequence, r.HeadHash));
    }
}
