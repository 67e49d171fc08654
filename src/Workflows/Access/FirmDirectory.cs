using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Access;

/// <summary>A firm as others see it.</summary>
public sealed record FirmCard(FirmId Id, string CompanyId, LocalText Name, bool IsClearingHouse, IReadOnlyList<HeldMembership> Memberships);

/// <summary>A person as the viewer may know it.</summary>
/// <param name="Name">Null where the viewer may know only the firm and the part played: show these instead.</param>
public sealed record PersonCard(UserId Id, string? Name, FirmId Firm, LocalText FirmName, bool IsClearingHouse);

/// <summary>A person whom the clearing house may write to or call.</summary>
public sealed record ContactPerson(UserId User, string Name, string? Position, string? Phone, string Email, string Language);

/// <summary>
/// Who is who. A participant's people know their own firm by name and everybody else by firm and role; the clearing house's
/// people know all names.
/// </summary>
public sealed class FirmDirectory(IDbContextFactory<PortalDb> databases)
{
    public async Task<FirmCard?> FirmAsync(Viewer viewer, FirmId firm, CancellationToken ct) => (await FirmsAsync(viewer, [firm], ct)).SingleOrDefault();

    /// <summary>All firms with their memberships, for the clearing house's people; for a participant's, the own one.</summary>
    public Task<IReadOnlyList<FirmCard>> FirmsAsync(Viewer viewer, CancellationToken ct) => FirmsAsync(viewer, null, ct);

    /// <summary>Empty where the firm is not the viewer's to see.</summary>
    public async Task<IReadOnlyList<HeldMembership>> MembershipsAsync(Viewer viewer, FirmId firm, CancellationToken ct) =>
        (await FirmAsync(viewer, firm, ct))?.Memberships ?? [];

    /// <summary>Cards of those people who exist, as this viewer may know them.</summary>
    public async Task<IReadOnlyDictionary<UserId, PersonCard>> PeopleAsync(Viewer viewer, IEnumerable<UserId> people, CancellationToken ct)
    {
        var ids = people.Distinct().ToList();
        if (ids.Count == 0)
        {
            return new Dictionary<UserId, PersonCard>();
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await (
            from user in db.Set<UserRow>().AsNoTracking()
            join firm in db.Set<FirmRow>().AsNoTracking() on user.FirmId equals firm.Id
            where ids.Contains(user.Id)
            select new { user.Id, user.Name, Firm = firm }).ToListAsync(ct);
        return found.ToDictionary(
            p => p.Id,
            p => new PersonCard(p.Id, viewer.IsClearingHouse || viewer.Firm == p.Firm.Id ? p.Name : null, p.Firm.Id, p.Firm.Name, p.Firm.IsClearingHouse));
    }

    /// <summary>The firm's registered contacts; empty where the firm is not the viewer's to see.</summary>
    public async Task<IReadOnlyList<ContactPerson>> ContactsAsync(Viewer viewer, FirmId firm, CancellationToken ct)
    {
        if (!viewer.IsClearingHouse && viewer.Firm != firm)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<UserRow>().AsNoTracking().Where(u => u.FirmId == firm && u.IsContact && !u.IsDisabled).OrderBy(u => u.Name)
            .Select(u => new ContactPerson(u.Id, u.Name, u.Position, u.Phone, u.Email, u.Language)).ToListAsync(ct);
    }

    /// <summary>The viewer's own particulars, to begin a form with.</summary>
    public async Task<ContactPerson> OwnAsync(Viewer viewer, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<UserRow>().AsNoTracking().Where(u => u.Id == viewer.User)
            .Select(u => new ContactPerson(u.Id, u.Name, u.Position, u.Phone, u.Email, u.Language)).SingleAsync(ct);
    }

    /// <summary>How many people of the viewer's firm may check requests of this eService for this membership, the viewer not counted.</summary>
    public async Task<int> CountCheckersAsync(Viewer viewer, string eService, MembershipId membership, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from user in db.Set<UserRow>().AsNoTracking()
            where user.FirmId == viewer.Firm && user.Id != viewer.User && !user.IsDisabled
                && db.Set<RightRow>().Any(r => r.UserId == user.Id && r.MembershipId == membership && r.MayCheck && (r.Eservice == "*" || r.Eservice == eService))
            select user.Id).CountAsync(ct);
    }

    private async Task<IReadOnlyList<FirmCard>> FirmsAsync(Viewer viewer, FirmId[]? only, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var firms = await db.Set<FirmRow>().AsNoTracking()
            .Where(f => (viewer.IsClearingHouse || f.Id == viewer.Firm) && (only == null || only.Contains(f.Id))).OrderBy(f => f.CompanyId).ToListAsync(ct);
        var ids = firms.Select(f => f.Id).ToList();
        var memberships = await db.Set<MembershipRow>().AsNoTracking().Where(m => ids.Contains(m.FirmId)).OrderBy(m => m.Id).ToListAsync(ct);
        return [.. firms.Select(f => new FirmCard(f.Id, f.CompanyId, f.Name, f.IsClearingHouse, [.. memberships.Where(m => m.FirmId == f.Id).Select(m => m.Held)]))];
    }
}
