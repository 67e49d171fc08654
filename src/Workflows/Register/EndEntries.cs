using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Register;

/// <summary>
/// Ends what a feed brought and no longer brings: the entries of a kind that have been in force since before a moment. What a
/// request brought stays until another request ends it. System use case.
/// </summary>
public sealed class EndEntries(IDbContextFactory<PortalDb> databases)
{
    /// <param name="since">Entries that began before it end.</param>
    /// <param name="at">Business time at which they end.</param>
    /// <returns>How many ended.</returns>
    public async Task<Result<int>> HandleAsync(string kind, DateTimeOffset since, DateTimeOffset at, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<EntryRow>().Where(e => e.Kind == kind && e.RequestId == null && e.ValidTo == null && e.ValidFrom < since)
            .ExecuteUpdateAsync(e => e.SetProperty(x => x.ValidTo, at), ct);
    }
}
