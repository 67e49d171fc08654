namespace ClientConnect.Workflows.Notices;

/// <summary>
/// When a notice that could not be sent is tried again: each pause is about as long as the trying so far, so that pauses double;
/// a fifth of chance keeps those that failed together from coming back together.
/// </summary>
internal static class RetrySchedule
{
    /// <summary>A mailbox that says "not now" for longer than a day and a quarter is given up.</summary>
    public static readonly TimeSpan PatienceWithMailbox = TimeSpan.FromHours(30);

    /// <summary>No notice dies of an outage of our own server that lasts a long holiday; but one that breaks every connection does in the end.</summary>
    public static readonly TimeSpan PatienceWithServer = TimeSpan.FromDays(5);

    private static readonly (TimeSpan Shortest, TimeSpan Longest) Mailbox = (TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));

    // Short, so that the backlog leaves within a minute of the server's return.
    private static readonly (TimeSpan Shortest, TimeSpan Longest) Server = (TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    /// <summary>Null where it is to be given up.</summary>
    /// <param name="chance">From 0 to 1.</param>
    public static DateTimeOffset? Next(DateTimeOffset firstAttempt, DateTimeOffset now, bool isServers, double chance)
    {
        var tried = now - firstAttempt;
        if (tried >= (isServers ? PatienceWithServer : PatienceWithMailbox))
        {
            return null;
        }

        var (shortest, longest) = isServers ? Server : Mailbox;
        var pause = tried < shortest ? shortest : tried > longest ? longest : tried;
        return now + pause * (0.8 + 0.4 * chance);
    }
}
