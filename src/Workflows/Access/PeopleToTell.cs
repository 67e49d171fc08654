using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Access;

/// <summary>Whom a deed's transaction tells, as of that transaction: only people who can still sign in.</summary>
public static class PeopleToTell
{
    /// <summary>The clearing house's people who hold a permission by one of their roles.</summary>
    public static async Task<IReadOnlyList<ContactPerson>> WithAsync(PortalDb db, Permission permission, CancellationToken ct)
    {
        var roles = PermissionTable.RolesWith(permission);
        return await OfAsync(db, u => db.Set<RoleRow>().Any(r => r.UserId == u.Id && roles.Contains(r.Role)) && db.Set<FirmRow>().Any(f => f.Id == u.FirmId && f.IsClearingHouse), ct);
    }

    /// <summary>Those of them who are there.</summary>
    public static Task<IReadOnlyList<ContactPerson>> TheseAsync(PortalDb db, IReadOnlyCollection<UserId> people, CancellationToken ct) =>
        OfAsync(db, u => people.Contains(u.Id), ct);

    /// <summary>The memberships of a clearing house, for what is told to all of their firms.</summary>
    public static async Task<IReadOnlyList<HeldMembership>> MembershipsAsync(PortalDb db, ClearingHouse clearingHouse, CancellationToken ct) =>
        [.. (await db.Set<MembershipRow>().AsNoTracking().Where(m => m.ClearingHouse == clearingHouse).ToListAsync(ct)).Select(m => m.Held)];

    private static async Task<IReadOnlyList<ContactPerson>> OfAsync(PortalDb db, System.Linq.Expressions.Expression<Func<UserRow, bool>> which, CancellationToken ct) =>
        await db.Set<UserRow>().AsNoTracking().Where(u => !u.IsDisabled).Where(which).OrderBy(u => u.Email)
            .Select(u => new ContactPerson(u.Id, u.Name, u.Position, u.Phone, u.Email, u.Language)).ToListAsync(ct);
}
