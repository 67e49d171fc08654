namespace ClientConnect.Workflows.Notices;

/// <summary>
/// Where a notice is on its way to one person. It begins as <see cref="Pending"/>, or as <see cref="Held"/> after a restore;
/// only <see cref="Sent"/> is final, a <see cref="Dead"/> one lives again when an operator retries it.
/// </summary>
public enum NoticeState
{
    /// <summary>To be sent when its next attempt is due; while a sender has it, that moment is the end of the sender's lease.</summary>
    Pending,

    /// <summary>The mail server has taken it.</summary>
    Sent,

    /// <summary>Given up: refused for good, not to be composed, or tried in vain for too long. An operator sees it and may retry.</summary>
    Dead,

    /// <summary>Kept back until an operator releases it, so that a restored database mails nobody twice.</summary>
    Held,
}
