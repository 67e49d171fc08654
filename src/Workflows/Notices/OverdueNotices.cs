using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Notices;

/// <summary>How the outbox stands.</summary>
/// <param name="Overdue">Pending for a minute longer than they should be: nobody sends, or the server fails.</param>
/// <param name="OldestPending">Business time at which the oldest pending one was queued; null where none is.</param>
public sealed record NoticeCounts(int Pending, int Overdue, int Dead, int Held, DateTimeOffset? OldestPending);

/// <summary>A notice that needs an operator.</summary>
public sealed record DeadNotice(Guid Id, RequestId? Request, string Template, string RecipientName, string Email, DateTimeOffset QueuedAt, int Attempts, string? LastError);

/// <summary>What should have been sent and was not, for the operators' page and its metric.</summary>
public sealed class OverdueNotices(IDbContextFactory<PortalDb> database, TimeProvider machine)
{
    private const int MostShown = 100;

    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>A system read, for readiness and metrics: numbers only.</summary>
    public async Task<NoticeCounts> CountAsync(CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        var late = machine.GetUtcNow() - Grace;
        var notices = db.Set<Notice>();
        var counts = await notices.Where(n => n.State != NoticeState.Sent).GroupBy(n => n.State)
            .Select(g => new { State = g.Key, Count = g.Count(), Late = g.Count(n => n.NextAttemptAt < late), Oldest = g.Min(n => n.QueuedAt) }).ToListAsync(ct);
        var pending = counts.FirstOrDefault(c => c.State == NoticeState.Pending);
        return new NoticeCounts(
            pending?.Count ?? 0, pending?.Late ?? 0,
            counts.FirstOrDefault(c => c.State == NoticeState.Dead)?.Count ?? 0,
            counts.FirstOrDefault(c => c.State == NoticeState.Held)?.Count ?? 0,
            pending?.Oldest);
    }

    /// <summary>The dead, newest first; empty for who is no operator.</summary>
    public async Task<IReadOnlyList<DeadNotice>> ReadAsync(Viewer viewer, CancellationToken ct)
    {
        if (!viewer.Is(Role.Administrator) && !viewer.Is(Role.Auditor))
        {
            return [];
        }

        await using var db = await database.CreateDbContextAsync(ct);
        return await db.Set<Notice>().Where(n => n.State == NoticeState.Dead).OrderByDescending(n => n.QueuedAt).Take(MostShown)
            .Select(n => new DeadNotice(n.Id, n.RequestId, n.Template, n.RecipientName, n.Email, n.QueuedAt, n.Attempts, n.LastError)).ToListAsync(ct);
    }
}
