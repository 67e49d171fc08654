using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <summary>How much a firm may keep here.</summary>
internal static class Quotas
{
    private const int FirmsFiles = 0x46_49_4C; // "FIL": the advisory locks of this module

    /// <summary>Whether more than it may keep would be there with these bytes; ask with the firm's lock held.</summary>
    public static async Task<bool> AreTooManyAsync(PortalDb db, FirmId firm, long bytes, FileLimits limits, CancellationToken ct) =>
        await db.Set<Attachment>().Where(a => a.FirmId == firm && a.Scan != ScanState.Infected).SumAsync(a => a.Size, ct) + bytes > limits.Quota;

    /// <summary>One upload of a firm at a time until this transaction ends: two that are counted together could both fit, and not be within the limits.</summary>
    public static Task LockAsync(PortalDb db, FirmId firm, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({FirmsFiles}, hashtext({firm.Value.ToString()}))", ct);
}
