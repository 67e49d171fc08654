using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Register;

/// <summary>Throws a file away that was looked at and not taken in; of a calendar, who offered it is told where another person does.</summary>
public sealed class DropImport(IDbContextFactory<PortalDb> databases, ClickConnection connection, ImportDeeds deeds, BusinessClock clock)
{
    private const string Remove = "WITH gone AS (DELETE FROM register.import WHERE id = $1 AND imported_at IS NULL RETURNING 1) SELECT setup.expect(count(*) = 1) FROM gone";

    public async Task<Result<Done>> HandleAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ImportRegister) || await FindAsync(id, ct) is not { } import) return new NothingHere();
        if (import.ImportedAt is not null) return new ImportIsDone();
        var now = clock.GetUtcNow();
        var notice = await deeds.NoticeAsync(ImportNews.Dropped, import, viewer, now, ct);
        var outcome = await connection.WriteAsync(
            batch =>
            {
                batch.Add(Remove, id);
                deeds.AddEndTo(batch, [id], now);
                deeds.AddTo(batch, notice);
            },
            ct);
        if (!outcome.LostRace) return Done.Value;
        return await FindAsync(id, ct) is null ? new NothingHere() : new ImportIsDone();
    }

    private async Task<RegisterImport?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await RegisterImports.Read(db.Set<ImportRow>().Where(i => i.Id == id)).SingleOrDefaultAsync(ct);
    }
}
