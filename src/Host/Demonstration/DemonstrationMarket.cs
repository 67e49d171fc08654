using System.Security.Cryptography;
using System.Text;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using OtpNet;

namespace ClientConnect.Host.Demonstration;

/// <summary>One account of the demonstration market, and how to sign in with it as in life.</summary>
/// <param name="Account">What stands before the @: <c>maker</c>.</param>
/// <param name="TotpSecret">Base32, for an authenticator.</param>
public sealed record DemonstrationAccount(string Email, string Account, string Name, LocalText Firm, string Password, string TotpSecret);

/// <summary>
/// The demonstration market: firms, people, securities and open positions, all of them invented. Development only. Seeding twice
/// adds nothing; when the business clock reaches another settlement day, positions that are due then are added.
/// </summary>
public sealed class DemonstrationMarket(
    IHostEnvironment environment,
    ImportFirms importFirms,
    ImportEntries importEntries,
    EndEntries endEntries,
    ImportAttachments importAttachments,
    CalendarStore calendars,
    IPasswordHasher hasher,
    DemonstrationRegister register,
    ILogger<DemonstrationMarket> logger)
{
    /// <summary>How many settlement days an open position stays before it counts as delivered.</summary>
    private const int DaysOpen = 2;

    private readonly MarketFile market = MarketFile.Read();

    public IReadOnlyList<DemonstrationAccount> Accounts =>
    [
        .. from firm in market.Firms
           from person in firm.People
           let email = $"{person.Account}@{firm.Domain}"
           select new DemonstrationAccount(email, person.Account, person.Name, firm.Name, market.Password, TotpSecretOf(email)),
    ];

    /// <summary>Adds what is missing, and the positions of the day.</summary>
    public async Task SeedAsync(DateOnly businessToday, CancellationToken ct)
    {
        if (!environment.IsDevelopment())
        {
            throw new InvalidOperationException("The demonstration market's accounts have a published password: they exist in Development only.");
        }

        var known = await importFirms.KnownAsync([.. Accounts.Select(a => a.Email)], ct);
        if (known.Count < Accounts.Count)
        {
            // Hashing is slow on purpose: one hash serves all who share the password.
            var hash = hasher.Hash(market.Password);
            await importFirms.HandleAsync([.. market.Firms.Select(f => Import(f, hash))], ct);
            logger.LogInformation("The demonstration market has {Accounts} accounts", Accounts.Count);
        }

        var begin = HongKong.At(new DateOnly(2026, 1, 1), TimeOnly.MinValue);
        await importEntries.HandleAsync([.. market.Entries.Select(Import)], begin, ct);
        await importEntries.HandleAsync([.. register.Entries.SelectMany(e => Import(e, businessToday))], begin, ct, onlyOnce: true);
        var files = await importAttachments.HandleAsync([.. Attachments()], begin, ct);
        if (files.IsRefused) throw new InvalidDataException($"A file of the demonstration market is not accepted: {files.Refusal}");
        await TopUpAsync(businessToday, ct);
    }

    /// <summary>
    /// Adds the positions that are open on that day where they are missing, and ends those of days long past. Call it whenever the
    /// business date changes; on the same day again it changes nothing.
    /// </summary>
    public async Task TopUpAsync(DateOnly businessToday, CancellationToken ct)
    {
        var calendar = calendars.Current;
        var day = calendar.OnOrBefore(businessToday, DayKind.Settlement);
        if (day.IsRefused)
        {
            logger.LogWarning("No positions for {Day}: the calendar does not know that year", businessToday);
            return;
        }

        var morning = HongKong.At(day.Value, TimeOnly.MinValue);
        var added = await importEntries.HandleAsync(new OpenPositions(market).On(businessToday, calendar), morning, ct);
        var oldest = calendar.Plus(day.Value, -DaysOpen, DayKind.Settlement);
        if (added.Value > 0 && !oldest.IsRefused)
        {
            var ended = await endEntries.HandleAsync(market.Positions.Kind, HongKong.At(oldest.Value, TimeOnly.MinValue), morning, ct);
            logger.LogInformation("{Added} open positions for {Day}, {Ended} of earlier days delivered", added.Value, day.Value, ended.Value);
        }
    }

    private FirmImport Import(MarketFirm firm, string passwordHash) => new(
        firm.CompanyId,
        firm.Name,
        firm.IsClearingHouse,
        [.. firm.Memberships.Select(m => m.Held)],
        [.. firm.People.Select(p => Import(firm, p, passwordHash))]);

    private UserImport Import(MarketFirm firm, MarketPerson person, string passwordHash)
    {
        var part = market.Parts[person.Account];
        var email = $"{person.Account}@{firm.Domain}";
        bool Has(string right) => part.Rights?.Contains(right) == true;
        return new UserImport(
            email,
            person.Name,
            person.Phone,
            person.Position,
            person.Language,
            passwordHash,
            TotpSecretOf(email),
            person.Contact,
            part.Rights is null ? [] : [.. firm.Memberships.Select(m => new Right("*", m.Held.Id, Has("view"), Has("make"), Has("check")))],
            [.. (part.Roles ?? []).Select(role => (role, (string?)null))]);
    }

    private EntryImport Import(MarketEntry entry) => new(
        entry.Kind,
        entry.Key,
        entry.Membership is { } membership ? new MembershipId(membership) : null,
        market.Firms.SingleOrDefault(f => f.Memberships.Any(m => m.Id == entry.Membership)) is { } firm ? ImportFirms.IdOf(firm.CompanyId) : null,
        entry.Values);

    // What an eService works on, each participant of the clearing house has; or the one that is named, or nobody in particular.
    private IEnumerable<EntryImport> Import(DemonstrationEntry entry, DateOnly today) =>
        entry is { ClearingHouse: null, Membership: null }
            ? [new EntryImport(entry.Kind, entry.Key, null, null, entry.On(today))]
            : from firm in market.Firms
              from membership in firm.Memberships
              where entry.Membership is { } named ? membership.Id == named : membership.ClearingHouse == entry.ClearingHouse
              select new EntryImport(entry.Kind, entry.Key, new MembershipId(membership.Id), ImportFirms.IdOf(firm.CompanyId), entry.On(today));

    private IEnumerable<AttachmentImport> Attachments() =>
        from firm in market.Firms
        where firm.Memberships.Count > 0
        from file in market.Files
        select new AttachmentImport(
            ImportFirms.IdOf(firm.CompanyId), ImportFirms.IdOfUser($"{firm.People[0].Account}@{firm.Domain}"), file.Purpose,
            file.Name.Replace("{participant}", firm.Memberships[0].Held.ParticipantId, StringComparison.Ordinal), MarketFile.Content(file.Content ?? file.Name));

    /// <summary>Follows from the address, so that it can be printed; worth nothing as a secret, like the password.</summary>
    private static string TotpSecretOf(string email) =>
        Base32Encoding.ToString(SHA256.HashData(Encoding.UTF8.GetBytes($"demonstration:{email}"))[..20]).TrimEnd('=');
}
