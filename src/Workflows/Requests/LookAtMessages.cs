using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Requests;

/// <summary>Notes how far somebody has read the messages on a request: what comes later is new to them. Only ever further.</summary>
public sealed class LookAtMessages(IDbContextFactory<PortalDb> databases)
{
    /// <param name="messages">What was on the screen; nothing is written where none of it is new.</param>
    public async Task<Result<Done>> HandleAsync(Viewer viewer, RequestId request, IReadOnlyList<SaidMessage> messages, CancellationToken ct)
    {
        if (!messages.Any(m => m.IsNew)) return Done.Value;
        var last = messages[^1].Number;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO requests.message_reading (request_id, user_id, number) VALUES ({request.Value}, {viewer.User.Value}, {last})
            ON CONFLICT (request_id, user_id) DO UPDATE SET number = greatest(message_reading.number, excluded.number)
            """, ct);
        return Done.Value;
    }
}
