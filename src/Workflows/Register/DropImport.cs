using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Register;

/// <summary>Throws a file away that was looked at and not taken in.</summary>
public sealed class DropImport(IDbContextFactory<PortalDb> databases)
{
    public async Task<Result<Done>> HandleAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.ImportRegister)) return new NothingHere();
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Set<ImportRow>().Where(i => i.Id == id && i.ImportedAt == null).ExecuteDeleteAsync(ct) > 0) return Done.Value;
        return await db.Set<ImportRow>().AnyAsync(i => i.Id == id, ct) ? new ImportIsDone() : new NothingHere();
    }
}
