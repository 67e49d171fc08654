using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>One line of the ledger: rule, calendar, planned, actual, effect.</summary>
public sealed record LedgerEntry(Guid Id, RequestId Request, string? Number, string Name, DeadlineKind Kind, DateTimeOffset DueAt, DeadlineState State, DateTimeOffset? FiredAt, string Rule, string CalendarVersion, string? Effect)
{
    /// <summary>How late it fired; null while it has not.</summary>
    public TimeSpan? Lateness => FiredAt - DueAt;
}

/// <summary>The deadlines as a ledger, for operators and for a request's own page.</summary>
public sealed class DeadlineLedger(IDbContextFactory<PortalDb> databases, BusinessClock clock)
{
    /// <summary>Of one request, in the order of their moments. The caller has shown that its viewer sees the request.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> OfAsync(RequestId request, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Set<DeadlineRow>().AsNoTracking().Where(d => d.RequestId == request).OrderBy(d => d.DueAt).ThenBy(d => d.Name).ToListAsync(ct);
        return [.. rows.Select(d => Entry(d, null))];
    }

    /// <summary>Parked ones, and armed ones whose moment is more than ten seconds gone: what an operator has to look at.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> StuckAsync(CancellationToken ct)
    {
        var overdue = clock.GetUtcNow() - TimeSpan.FromSeconds(10);
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Set<DeadlineRow>().AsNoTracking().Where(d => d.State == DeadlineState.Parked || (d.State == DeadlineState.Armed && d.DueAt < overdue))
            .OrderBy(d => d.DueAt).Take(200).ToListAsync(ct);
        return [.. rows.Select(d => Entry(d, null))];
    }

    /// <summary>An operator has seen to the cause: the sweep takes it up again.</summary>
    public async Task<bool> TryAgainAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<DeadlineRow>().Where(d => d.Id == id && d.State == DeadlineState.Parked)
            .ExecuteUpdateAsync(d => d.SetProperty(r => r.State, DeadlineState.Armed).SetProperty(r => r.Effect, (string?)null), ct) == 1;
    }

    private static LedgerEntry Entry(DeadlineRow d, string? number) =>
        new(d.Id, d.RequestId, number, d.Name, d.Kind, d.DueAt, d.State, d.FiredAt, d.Rule, d.CalendarVersion, d.Effect);
}
