namespace ClientConnect.Workflows.Notices;

/// <summary>A mail with its address on it.</summary>
/// <param name="Id">The notice: every try of it carries the same message id, so that a mailbox that gets it twice can tell.</param>
/// <param name="Date">When it is sent, by the machine's clock.</param>
public sealed record OutgoingMail(Guid Id, string ToName, string ToAddress, ComposedMail Mail, DateTimeOffset Date);

/// <summary>What the mail server made of one mail.</summary>
public abstract record Delivery
{
    /// <summary>Taken; from here on it is the server's duty.</summary>
    public sealed record Accepted(string MessageId) : Delivery;

    /// <summary>Not now, and only this mail: a full mailbox, greylisting. The others may go on.</summary>
    public sealed record Deferred(string Why) : Delivery;

    /// <summary>Never: no such mailbox, or the content is refused for good.</summary>
    public sealed record Refused(string Why) : Delivery;

    /// <summary>The server itself doesn't work for us (down, hanging, refusing our sign-in): no other mail would fare better now.</summary>
    public sealed record ServerFailed(string Why) : Delivery;

    private Delivery()
    {
    }
}

/// <summary>Hands one mail to whatever delivers it. Never throws for what a server may do.</summary>
public interface IMailSender
{
    Task<Delivery> SendAsync(OutgoingMail mail, CancellationToken ct);
}
