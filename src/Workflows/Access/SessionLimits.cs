namespace ClientConnect.Workflows.Access;

/// <summary>How long a sign-in lasts; measured on the machine's clock.</summary>
public static class SessionLimits
{
    /// <summary>Without a page, a session ends.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>However busy, a session ends.</summary>
    public static readonly TimeSpan Absolute = TimeSpan.FromHours(12);

    /// <summary>Between the password and the second factor.</summary>
    public static readonly TimeSpan SecondFactor = TimeSpan.FromMinutes(10);

    /// <summary>When it was last seen is written at most this often: reading a page should not cost a write.</summary>
    internal static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
}
