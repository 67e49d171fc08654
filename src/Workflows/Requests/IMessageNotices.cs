using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>That there is a message on a request, for the other side to be told; what it says is not among it.</summary>
/// <param name="IsFromHouse">The firm is told of it; else the clearing house.</param>
public sealed record MessageNotice(LoadedRequest Request, Guid Message, DateTimeOffset At, bool IsFromHouse);

/// <summary>Tells the other side of a message; the notices' own module does.</summary>
public interface IMessageNotices
{
    /// <summary>Adds a notice for each person to what is about to be saved, so that message and notice stand or fall together.</summary>
    Task AddAsync(PortalDb db, MessageNotice notice, CancellationToken ct);
}
