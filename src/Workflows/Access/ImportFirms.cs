using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Access;

/// <summary>A firm to be taken in, with its memberships and people.</summary>
/// <param name="CompanyId">Which firm it is: the same company ID always makes the same firm.</param>
public sealed record FirmImport(string CompanyId, LocalText Name, bool IsClearingHouse, IReadOnlyList<HeldMembership> Memberships, IReadOnlyList<UserImport> Users);

/// <summary>A person to be taken in.</summary>
/// <param name="PasswordHash">As <see cref="IPasswordHasher"/> made it.</param>
/// <param name="TotpSecret">Base32; null where the person sets up an authenticator at the first sign-in.</param>
/// <param name="Rights">For a participant's people.</param>
/// <param name="Roles">Role and team; no team means all of them.</param>
public sealed record UserImport(
    string Email,
    string Name,
    string? Phone,
    string? Position,
    string Language,
    string PasswordHash,
    string? TotpSecret,
    bool IsContact,
    IReadOnlyList<Right> Rights,
    IReadOnlyList<(Role Role, string? Team)> Roles);

/// <summary>
/// Takes in firms and their people from outside. Only what is missing is added: what people have changed since, a password
/// above all, stays theirs. System use case.
/// </summary>
public sealed class ImportFirms(IDbContextFactory<PortalDb> databases, ISecretProtector protector)
{
    // Ids follow from what they name, so that links, screenshots and tests find the same firm in every database.
    private static readonly Guid Names = new("5d0d4e4c-8d8e-4c43-9f0e-6a0cb1a7a001");

    public static FirmId IdOf(string companyId) => new(StableId.Of(Names, $"firm:{companyId}"));

    public static UserId IdOfUser(string email) => new(StableId.Of(Names, $"user:{email}"));

    /// <returns>How many people were new.</returns>
    public async Task<Result<int>> HandleAsync(IReadOnlyList<FirmImport> firms, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("LOCK TABLE access.firm IN SHARE ROW EXCLUSIVE MODE", ct);
        var known = await db.Set<FirmRow>().Select(f => f.Id).ToHashSetAsync(ct);
        var members = await db.Set<MembershipRow>().Select(m => m.Id).ToHashSetAsync(ct);
        var people = await db.Set<UserRow>().Select(u => u.Id).ToHashSetAsync(ct);
        var newcomers = 0;
        foreach (var firm in firms)
        {
            var id = IdOf(firm.CompanyId);
            if (known.Add(id)) db.Add(Row(id, firm));
            db.AddRange(firm.Memberships.Where(m => members.Add(m.Id)).Select(m => Row(id, m)));
            foreach (var user in firm.Users.Where(u => people.Add(IdOfUser(u.Email))))
            {
                Add(db, id, user);
                newcomers++;
            }
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return newcomers;
    }

    /// <summary>Of these accounts, the ones that are there already: for whoever wants to spare the hashing.</summary>
    public async Task<IReadOnlySet<string>> KnownAsync(IReadOnlyCollection<string> emails, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<UserRow>().Where(u => emails.Contains(u.Email)).Select(u => u.Email).ToHashSetAsync(ct);
    }

    private static FirmRow Row(FirmId id, FirmImport firm) => new()
    {
        Id = id,
        CompanyId = firm.CompanyId,
        NameEn = firm.Name.En,
        NameZhHant = firm.Name.ZhHant,
        NameZhHans = firm.Name.ZhHans,
        IsClearingHouse = firm.IsClearingHouse,
    };

    private static MembershipRow Row(FirmId firm, HeldMembership membership) => new()
    {
        Id = membership.Id,
        FirmId = firm,
        ClearingHouse = membership.ClearingHouse,
        ParticipantId = membership.ParticipantId,
        Kind = membership.Kind,
        IsChinaConnect = membership.IsChinaConnect,
    };

    private void Add(PortalDb db, FirmId firm, UserImport user)
    {
        var id = IdOfUser(user.Email);
        db.Add(new UserRow
        {
            Id = id,
            FirmId = firm,
            Email = user.Email,
            Name = user.Name,
            Phone = user.Phone,
            Position = user.Position,
            Language = user.Language,
            PasswordHash = user.PasswordHash,
            TotpSecret = user.TotpSecret is { } secret ? protector.Protect(secret) : null,
            IsContact = user.IsContact,
            Stamp = 1,
        });
        db.AddRange(user.Rights.Select(r => new RightRow
        {
            UserId = id,
            MembershipId = r.Membership,
            Eservice = r.EService,
            MayView = r.MayView,
            MayMake = r.MayMake,
            MayCheck = r.MayCheck,
        }));
        db.AddRange(user.Roles.Select(r => new RoleRow { Id = StableId.Of(id.Value, $"role:{r.Role}:{r.Team}"), UserId = id, Role = r.Role, Team = r.Team }));
    }
}
