namespace ClientConnect.Testing;

/// <summary>One account of the demonstration market.</summary>
/// <param name="Email">What it signs in with.</param>
public sealed record Account(string Email)
{
    /// <summary>The membership that a participant's account acts for unless a test says otherwise.</summary>
    public string Membership => $"hkscc-{Email[(Email.IndexOf('@', StringComparison.Ordinal) + 1)..].Split('.')[0]}";

    public override string ToString() => Email;
}

/// <summary>The people of one participant.</summary>
public sealed record Firm(string Code)
{
    public string Membership => $"hkscc-{Code}";

    public Account Maker => new($"maker@{Code}.example");

    public Account Maker2 => new($"maker2@{Code}.example");

    public Account Checker => new($"checker@{Code}.example");

    public Account Checker2 => new($"checker2@{Code}.example");

    /// <summary>The firm's own administrator of users and rights.</summary>
    public Account DelegatedAdministrator => new($"da@{Code}.example");

    public IReadOnlyList<Account> All => [Maker, Maker2, Checker, Checker2, DelegatedAdministrator];
}

/// <summary>
/// The one cast of tests, seeds, pictures and documents, so that everyone knows who may do what. B09001 is who a story is
/// about; B09002 must never see what is B09001's.
/// </summary>
public static class Cast
{
    public static readonly Firm B09001 = new("b09001");

    /// <summary>A competitor of B09001.</summary>
    public static readonly Firm B09002 = new("b09002");

    public static readonly Firm B09003 = new("b09003");

    /// <summary>A custodian.</summary>
    public static readonly Firm C09001 = new("c09001");

    public static Account Maker => B09001.Maker;

    public static Account Checker => B09001.Checker;

    public static readonly Account Reviewer = new("reviewer@clearing.example");
    public static readonly Account Reviewer2 = new("reviewer2@clearing.example");
    public static readonly Account Approver = new("approver@clearing.example");
    public static readonly Account Approver2 = new("approver2@clearing.example");
    public static readonly Account Supervisor = new("supervisor@clearing.example");
    public static readonly Account Supervisor2 = new("supervisor2@clearing.example");
    public static readonly Account Analyst = new("analyst@clearing.example");
    public static readonly Account Analyst2 = new("analyst2@clearing.example");
    public static readonly Account Administrator = new("administrator@clearing.example");
    public static readonly Account Auditor = new("auditor@clearing.example");

    public static readonly IReadOnlyList<Firm> Firms = [B09001, B09002, B09003, C09001];

    public static readonly IReadOnlyList<Account> ClearingHouse =
        [Reviewer, Reviewer2, Approver, Approver2, Supervisor, Supervisor2, Analyst, Analyst2, Administrator, Auditor];

    public static IEnumerable<Account> All => Firms.SelectMany(firm => firm.All).Concat(ClearingHouse);
}
