using ClientConnect.Host.Portal.Kit;

namespace ClientConnect.Host.Portal.Dev;

/// <summary>Development only: the cast, the clock, the mails.</summary>
/// <param name="Offset">How far the business clock is ahead of the machine's.</param>
public sealed record DevView(IReadOnlyList<DevAccount> Accounts, Moment BusinessNow, TimeSpan Offset)
{
    public int Mails { get; init; }

    /// <summary>What the clock form did or could not do; null at first.</summary>
    public string? ClockFault { get; init; }
}

/// <summary>One of the cast, to be signed in by a click.</summary>
/// <param name="Does">"Maker of B09001".</param>
public sealed record DevAccount(string Email, string Name, string Firm, string Does, string? Totp = null);

/// <summary>The mails that were sent, newest first.</summary>
public sealed record DevMailsView(IReadOnlyList<DevMailRow> Mails);

public sealed record DevMailRow(string Id, string Subject, string To, Moment At);

/// <summary>One mail: its text here; its HTML at an address of its own, under a policy of its own.</summary>
public sealed record DevMailView(string Id, string Subject, string From, string To, Moment At, string Text, string? HtmlHref);
