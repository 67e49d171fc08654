namespace ClientConnect.Workflows.Kernel;

/// <summary>What a person of the clearing house may be; participants' rights are per eService and membership instead.</summary>
public enum Role
{
    /// <summary>Examines requests and proposes an outcome.</summary>
    Reviewer,

    /// <summary>The second pair of eyes: confirms, returns or overrules a proposal.</summary>
    Approver,

    /// <summary>Sees all work, reassigns tasks, is told of what was escalated.</summary>
    Supervisor,

    /// <summary>Edits eServices; a second one releases them.</summary>
    Analyst,

    /// <summary>Runs the portal: operators' pages, Hangfire. No business rights.</summary>
    Administrator,

    /// <summary>Reads all, changes nothing.</summary>
    Auditor,

    /// <summary>A participant's own administrator of users and rights. No business rights.</summary>
    DelegatedAdministrator,
}

/// <summary>What a participant's user may do with one eService for one membership.</summary>
/// <param name="EService">The eService's key, or <c>*</c> for all.</param>
public sealed record Right(string EService, MembershipId Membership, bool MayView, bool MayMake, bool MayCheck);

/// <summary>The clearing houses whose participants use the portal.</summary>
public enum ClearingHouse
{
    Hkscc,
    Hkcc,
    Seoch,
}

/// <summary>A membership that the viewer may act for.</summary>
/// <param name="ParticipantId">HKSCC participant ID (<c>B09001</c>) or DCASS customer code (<c>CZZA</c>).</param>
/// <param name="Kind">As configured: <c>clearing-participant</c>, <c>custodian</c>.</param>
/// <param name="IsChinaConnect">A China Connect clearing participant.</param>
public sealed record HeldMembership(MembershipId Id, ClearingHouse ClearingHouse, string ParticipantId, string Kind, bool IsChinaConnect);

/// <summary>
/// The person looking right now, with what they may see and do; a parameter of every use case, never ambient. What the
/// viewer may not see does not exist.
/// </summary>
/// <param name="Firm">The viewer's firm; for the clearing house's people, the clearing house.</param>
/// <param name="Session">The SHA-256 of the session's token; empty for the system and in tests without a session.</param>
/// <param name="Stamp">Rights as of this number; a click checks that it is still the one in force.</param>
/// <param name="Teams">Teams of the clearing house that the viewer works in; empty for participants.</param>
public sealed record Viewer(
    UserId User,
    string Name,
    string Email,
    FirmId Firm,
    string FirmName,
    bool IsClearingHouse,
    byte[] Session,
    int Stamp,
    string Language,
    IReadOnlyList<HeldMembership> Memberships,
    IReadOnlyList<Right> Rights,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<string> Teams)
{
    /// <summary>Single keys do things on the pages, as the person has chosen.</summary>
    public bool HasShortcuts { get; init; }

    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>May see every firm's requests (never drafts): the clearing house's working roles and the auditor.</summary>
    public bool SeesAllRequests => IsClearingHouse && (Is(Role.Reviewer) || Is(Role.Approver) || Is(Role.Supervisor) || Is(Role.Auditor));

    public bool MayView(string eService, MembershipId membership) => Has(eService, membership, r => r.MayView || r.MayMake || r.MayCheck);

    public bool MayMake(string eService, MembershipId membership) => Has(eService, membership, r => r.MayMake);

    public bool MayCheck(string eService, MembershipId membership) => Has(eService, membership, r => r.MayCheck);

    private bool Has(string eService, MembershipId membership, Func<Right, bool> can) =>
        !IsClearingHouse && Rights.Any(r => r.Membership == membership && (r.EService == "*" || r.EService == eService) && can(r));
}
