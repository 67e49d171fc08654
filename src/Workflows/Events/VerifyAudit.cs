using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Events;

/// <summary>What the check of the record found.</summary>
/// <param name="FirstBad">The first row that does not verify, in words; null where all do.</param>
public sealed record AuditVerdict(long Requests, long Events, string? FirstBad);

/// <summary>Checks every request's chain: no gap, each link, and that the request's head is the last event's hash. System use.</summary>
public sealed class VerifyAudit(IDbContextFactory<PortalDb> databases)
{
    /// <param name="readHeads">The heads as the requests hold them, read in the snapshot of the events: people may be working.</param>
    public async Task<AuditVerdict> HandleAsync(Func<PortalDb, CancellationToken, Task<IReadOnlyDictionary<RequestId, (int Sequence, byte[]? Hash)>>> readHeads, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var snapshot = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var heads = await readHeads(db, ct);
        long events = 0;
        var seen = new HashSet<RequestId>();
        EventRow? before = null;
        await foreach (var row in db.Set<EventRow>().AsNoTracking().OrderBy(e => e.RequestId).ThenBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            events++;
            if (before is not null && before.RequestId != row.RequestId && HeadFault(before, heads) is { } head)
            {
                return new AuditVerdict(seen.Count, events, head);
            }

            var first = before is null || before.RequestId != row.RequestId;
            if (LinkFault(row, first ? 1 : before!.Sequence + 1, first ? HashChain.Start : before!.Hash) is { } link)
            {
                return new AuditVerdict(seen.Count, events, link);
            }

            seen.Add(row.RequestId);
            before = row;
        }

        var fault = (before is null ? null : HeadFault(before, heads)) ?? Missing(heads, seen);
        return new AuditVerdict(seen.Count, events, fault);
    }

    private static string? LinkFault(EventRow row, int expected, byte[] previous)
    {
        if (row.Sequence != expected) return $"Request {row.RequestId}: event {expected} is missing (found {row.Sequence}).";
        if (!row.Previous.AsSpan().SequenceEqual(previous)) return $"Request {row.RequestId}, event {row.Sequence}: does not follow the event before it.";
        var hash = HashChain.Link(row.Previous, row.RequestId, row.Sequence, row.Type, row.At, row.UserId, JsonNode.Parse(row.Data)!, row.ContentHash);
        return hash.AsSpan().SequenceEqual(row.Hash) ? null : $"Request {row.RequestId}, event {row.Sequence} ({row.Type}): its content is not what was recorded.";
    }

    private static string? HeadFault(EventRow last, IReadOnlyDictionary<RequestId, (int Sequence, byte[]? Hash)> heads) =>
        !heads.TryGetValue(last.RequestId, out var head) ? $"Request {last.RequestId}: has events but no request."
        : head.Sequence != last.Sequence || head.Hash is null || !head.Hash.AsSpan().SequenceEqual(last.Hash)
            ? $"Request {last.RequestId}, event {last.Sequence}: is not the head that the request holds (event {head.Sequence})."
            : null;

    private static string? Missing(IReadOnlyDictionary<RequestId, (int Sequence, byte[]? Hash)> heads, HashSet<RequestId> seen) =>
        heads.Where(h => h.Value.Sequence > 0 && !seen.Contains(h.Key)).Select(h => $"Request {h.Key}: all {h.Value.Sequence} events are missing.").FirstOrDefault();
}
