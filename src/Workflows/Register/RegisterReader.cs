using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Register;

/// <summary>
/// Reads the register's entries in force. What belongs to a membership is read by the people of that membership and by the
/// clearing house; what belongs to nobody is everybody's.
/// </summary>
public sealed class RegisterReader(IDbContextFactory<PortalDb> databases)
{
    /// <summary>
    /// The entries of those references (<c>kind:key</c>) that this membership sees: its own and the public ones. Its own wins
    /// where both exist. System read: the caller has shown that its viewer works for the membership.
    /// </summary>
    public async Task<IReadOnlyList<RegisterEntry>> FindAsync(IReadOnlyCollection<string> refs, MembershipId membership, CancellationToken ct)
    {
        if (refs.Count == 0)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await InForce(db).Where(e => refs.Contains(e.Ref) && (e.MembershipId == null || e.MembershipId == membership)).ToListAsync(ct);
        return [.. rows.GroupBy(e => e.Ref).Select(g => Entry(g.OrderByDescending(e => e.MembershipId is not null).First()))];
    }

    /// <summary>All that a membership itself has of these kinds. System read: the caller has shown that its viewer works for the membership.</summary>
    public async Task<IReadOnlyList<RegisterEntry>> OwnAsync(IReadOnlyCollection<string> kinds, MembershipId membership, CancellationToken ct)
    {
        if (kinds.Count == 0)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await InForce(db).Where(e => kinds.Contains(e.Kind) && e.MembershipId == membership).OrderBy(e => e.Key).ToListAsync(ct);
        return [.. rows.Select(Entry)];
    }

    /// <summary>One membership's entries of a kind, and the public ones, in the order of their keys; empty where the viewer may not see them.</summary>
    public async Task<IReadOnlyList<RegisterEntry>> OfKindAsync(Viewer viewer, string kind, MembershipId membership, CancellationToken ct)
    {
        if (!Sees(viewer, membership))
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await InForce(db).Where(e => e.Kind == kind && (e.MembershipId == null || e.MembershipId == membership)).OrderBy(e => e.Key).ToListAsync(ct);
        return [.. rows.Select(Entry)];
    }

    private static bool Sees(Viewer viewer, MembershipId membership) =>
        viewer.Memberships.Any(m => m.Id == membership) || PermissionTable.Allows(viewer, Permission.ReadRegister);

    private static IQueryable<EntryRow> InForce(PortalDb db) => db.Set<EntryRow>().AsNoTracking().Where(e => e.ValidTo == null);

    private static RegisterEntry Entry(EntryRow row) =>
        new(row.Id, row.Kind, row.Key, row.MembershipId, row.FirmId, (JsonObject)JsonNode.Parse(row.Values)!, row.ValidFrom, row.RequestId, row.Line);
}
