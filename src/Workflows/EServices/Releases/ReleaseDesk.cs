using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>
/// What all changes of drafts and proposals have in common: one save, all of it or none; who loses a race works on what the other
/// left, and is refused or goes on from there.
/// </summary>
public sealed class ReleaseDesk(IDbContextFactory<PortalDb> databases, Catalogue catalogue, FirmDirectory people, ReleaseDeeds deeds, BusinessClock clock, TimeProvider machine)
{
    private const int Tries = 5;

    /// <summary>How long a lease lasts after its last renewal. Browsers let a hidden page renew once a minute.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);

    internal Catalogue Catalogue => catalogue;

    internal ReleaseDeeds Deeds => deeds;

    internal DateTimeOffset Now => clock.GetUtcNow();

    internal DateTimeOffset MachineNow => machine.GetUtcNow();

    internal async Task<Result<T>> RunAsync<T>(Viewer viewer, Func<PortalDb, Task<Result<T>>> work, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.EditEServices)) return new NothingHere();
        for (var tried = 1; tried <= Tries; tried++)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var result = await work(db);
            if (result.IsRefused || await SavedAsync(db, ct)) return result;
        }

        return new ReleasesAreBusy();
    }

    /// <summary>The draft with the lease in the viewer's hands, renewed; else why not.</summary>
    internal async Task<Result<ReleaseDraftRow>> HeldAsync(PortalDb db, Viewer viewer, string eService, CancellationToken ct)
    {
        if (await DraftAsync(db, eService, ct) is not { } draft) return new ThereIsNoDraft();
        if (draft.TakenBy(viewer.User, MachineNow)) return draft;
        var editor = await people.PeopleAsync(viewer, [draft.LeaseHolder], ct);
        return new SomebodyElseEditsIt(editor.GetValueOrDefault(draft.LeaseHolder)?.Name ?? "");
    }

    internal static Task<ReleaseDraftRow?> DraftAsync(PortalDb db, string eService, CancellationToken ct) => db.Set<ReleaseDraftRow>().SingleOrDefaultAsync(d => d.EService == eService, ct);

    internal static async Task<bool> SavedAsync(PortalDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        catch (DbUpdateException race) when (race.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
    }
}
