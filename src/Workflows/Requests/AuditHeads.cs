using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Requests;

/// <summary>The last event that each request says it has, for the proof of the record. System read.</summary>
public static class AuditHeads
{
    /// <param name="db">In the snapshot in which the events are read.</param>
    public static async Task<IReadOnlyDictionary<RequestId, (int Sequence, byte[]? Hash)>> AllAsync(PortalDb db, CancellationToken ct)
    {
        var rows = await db.Set<RequestRow>().AsNoTracking().Select(r => new { r.Id, r.Sequence, r.HeadHash }).ToListAsync(ct);
        return rows.ToDictionary(r => r.Id, r => (r.Sequence, r.HeadHash));
    }
}
