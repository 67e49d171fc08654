using System.Text;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Events;

/// <summary>One event as read back.</summary>
/// <param name="What">Null where this build does not know the event's type.</param>
public sealed record RecordedEvent(RequestId Request, int Sequence, string Type, DateTimeOffset At, UserId? By, RequestEvent? What, string? ContentHash, byte[] Hash);

/// <summary>The record of what happened to a request, in order. System read: callers have shown that their viewer sees the request.</summary>
public sealed class EventLog(IDbContextFactory<PortalDb> databases)
{
    public async Task<IReadOnlyList<RecordedEvent>> OfAsync(RequestId request, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Set<EventRow>().AsNoTracking().Where(e => e.RequestId == request).OrderBy(e => e.Sequence).ToListAsync(ct);
        return [.. rows.Select(e => new RecordedEvent(e.RequestId, e.Sequence, e.Type, e.At, e.UserId, RequestEvent.Read(e.Type, e.Data), e.ContentHash, e.Hash))];
    }

    /// <summary>The link that follows <paramref name="previous"/>; not written yet.</summary>
    public static EventLink Next(RequestId request, int sequence, byte[] previous, DateTimeOffset at, UserId? by, RequestEvent what, string? contentHash)
    {
        var data = CanonicalJson.Bytes(what.Write);
        var moment = HashChain.Rounded(at);
        var hash = HashChain.Link(previous, request, sequence, what.Name, moment, by, data, contentHash);
        return new EventLink(request, sequence, previous, moment, by, what.Name, Encoding.UTF8.GetString(data), contentHash, hash);
    }
}

/// <summary>An event with its place in the chain, ready to be written.</summary>
/// <param name="Data">The very text that was hashed.</param>
/// <param name="Hash">The new head of the request's chain.</param>
public sealed record EventLink(RequestId Request, int Sequence, byte[] Previous, DateTimeOffset At, UserId? By, string Type, string Data, string? ContentHash, byte[] Hash)
{
    /// <summary>Two clicks that both saw the same head violate <c>event_key</c>: one of them is rolled back whole.</summary>
    public void AddTo(ClickBatch batch) => batch.AddBeside(
        """
        INSERT INTO events.event (request_id, sequence, type, at, user_id, data, content_hash, previous, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        Request.Value, Sequence, Type, At, By?.Value, SqlValue.Json(Data), ContentHash, Previous, Hash);

    /// <summary>The same of several requests, by one statement.</summary>
    public static void AddAll(ClickBatch batch, IEnumerable<EventLink> links)
    {
        var rows = new RowSet();
        foreach (var l in links)
        {
            rows.Add(l.Request.Value, l.Sequence, l.Type, l.At, l.By?.Value, SqlValue.Json(l.Data), l.ContentHash, l.Previous, l.Hash);
        }

        rows.AddTo(batch, "INSERT INTO events.event (request_id, sequence, type, at, user_id, data, content_hash, previous, hash) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    }
}
