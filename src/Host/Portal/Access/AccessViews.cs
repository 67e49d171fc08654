using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Access;

/// <summary>Signing in, first step. A wrong password and an unknown address look the same.</summary>
/// <param name="Return">Where to go afterwards; a path of ours, checked by the endpoint.</param>
/// <param name="Refused">Text key of what went wrong: <c>sign-in.wrong</c>, <c>sign-in.locked</c>, <c>sign-in.session-over</c>; null at first.</param>
public sealed record SignInView(string? Email = null, string? Return = null, string? Refused = null)
{
    /// <summary>Minutes until a locked account opens again, for the words.</summary>
    public int? Minutes { get; init; }

    /// <summary>In Development: the accounts page exists.</summary>
    public bool ShowsDev { get; init; }
}

/// <summary>Second step: the code of the authenticator.</summary>
public sealed record TotpView(string? Return = null, string? Refused = null);

/// <summary>Setting up the authenticator: the picture, the same as text, and a first code that proves it.</summary>
/// <param name="Picture">A <c>data:image/png;base64,…</c> address.</param>
/// <param name="Secret">The same secret in groups of four, for those who can't scan.</param>
public sealed record TotpSetUpView(string Picture, string Secret, string? Refused = null, string? Return = null);

/// <summary>The viewer's own account.</summary>
public sealed record AccountView(string Name, string Email, string Firm, bool HasTotp, IReadOnlyList<SessionRow> Sessions, IReadOnlyList<HeldRight> Rights)
{
    public Moment? TotpSince { get; init; }

    /// <summary>The clearing house's roles and teams as words; empty for participants.</summary>
    public IReadOnlyList<LocalText> Roles { get; init; } = [];

    /// <summary>Faults of the password form: <c>current</c>, <c>password</c>.</summary>
    public IReadOnlyList<FieldFault> Faults { get; init; } = [];
}

/// <summary>One session of the account.</summary>
/// <param name="Device">"Firefox on Linux".</param>
public sealed record SessionRow(string Id, string Device, Moment Since, Moment LastSeen, bool IsThis);

/// <summary>What the viewer may do with one eService for one membership.</summary>
public sealed record HeldRight(LocalText EService, string Membership, bool MayView, bool MayMake, bool MayCheck);
