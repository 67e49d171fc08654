namespace ClientConnect.Workflows.Access;

/// <summary>
/// How long an account stays shut after so many attempts in a row: not at all for the first nine, then one minute, doubling to a
/// quarter of an hour. Never for good: whoever guesses could otherwise shut somebody else out before a cut-off.
/// </summary>
internal static class AttemptRule
{
    private const int Free = 9;

    /// <summary>Place n-1 holds the wait after the n-th attempt; the last place holds it for all that follow.</summary>
    public static readonly TimeSpan[] Waits =
    [
        .. Enumerable.Repeat(TimeSpan.Zero, Free),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(15),
    ];

    public static TimeSpan After(int attempts) => Waits[Math.Clamp(attempts, 1, Waits.Length) - 1];
}
