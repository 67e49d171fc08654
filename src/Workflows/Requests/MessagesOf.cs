using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Requests;

/// <summary>A message as a viewer reads it.</summary>
/// <param name="Number">From 1 in each request.</param>
/// <param name="By">The clearing house's people by name for their own; a firm's for that firm and for the clearing house.</param>
/// <param name="IsFromHouse">Of the clearing house; else of the request's firm.</param>
/// <param name="IsNew">Of the other side, and not on the viewer's screen before.</param>
public sealed record SaidMessage(Guid Id, int Number, DateTimeOffset At, Doer By, bool IsFromHouse, string Text, IReadOnlyList<AttachmentInList> Files, bool IsNew);

/// <summary>The messages on a request, and how many of them a viewer has not seen yet.</summary>
public sealed class MessagesOf(IDbContextFactory<PortalDb> databases)
{
    /// <summary>Oldest first; empty where the request is not there for the viewer.</summary>
    public async Task<IReadOnlyList<SaidMessage>> ReadAsync(Viewer viewer, LoadedRequest request, CancellationToken ct)
    {
        if (!RequestAccess.MaySee(viewer, request) || request.SubmittedAt is null) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            SELECT m.id AS "Id", m.number AS "Number", m.at AS "At", m.part AS "Part", m.is_from_house AS "IsFromHouse", m.text AS "Text", u.name AS "Name", f.name_en AS "Firm", u.firm_id AS "FirmId",
              coalesce(m.number > (SELECT r.number FROM requests.message_reading r WHERE r.request_id = m.request_id AND r.user_id = {viewer.User.Value}), true) AS "IsUnread"
            FROM requests.message m JOIN access.user_account u ON u.id = m.user_id JOIN access.firm f ON f.id = u.firm_id
            WHERE m.request_id = {request.Id.Value} ORDER BY m.number
            """).ToListAsync(ct);
        if (rows.Count == 0) return [];
        var attached = (await MessageFiles.ReadAsync(db, request.Id, ct)).ToLookup(f => f.Message, f => f.File);
        return [.. rows.Select(r => new SaidMessage(r.Id, r.Number, r.At, By(viewer, r), r.IsFromHouse, r.Text, [.. attached[r.Id]], r.IsUnread && r.IsFromHouse != viewer.IsClearingHouse))];
    }

    /// <summary>How many messages of the other side each of these requests has for the viewer, beyond what was on their screen; those without any are left out.</summary>
    public async Task<IReadOnlyDictionary<RequestId, int>> CountNewAsync(Viewer viewer, IReadOnlyCollection<RequestId> ids, CancellationToken ct)
    {
        if (ids.Count == 0 || (viewer.IsClearingHouse && !viewer.SeesAllRequests)) return new Dictionary<RequestId, int>();
        await using var db = await databases.CreateDbContextAsync(ct);
        var counts = await db.Database.SqlQuery<Count>(
            $"""
            SELECT m.request_id AS "Request", count(*)::int AS "New" FROM requests.message m JOIN requests.service_request q ON q.id = m.request_id
              LEFT JOIN requests.message_reading r ON r.request_id = m.request_id AND r.user_id = {viewer.User.Value}
            WHERE m.request_id = ANY ({ids.Select(i => i.Value).ToArray()}) AND m.is_from_house <> {viewer.IsClearingHouse} AND m.number > coalesce(r.number, 0)
              AND ({viewer.IsClearingHouse} OR q.firm_id = {viewer.Firm.Value})
            GROUP BY m.request_id
            """).ToListAsync(ct);
        return counts.ToDictionary(c => new RequestId(c.Request), c => c.New);
    }

    private static Doer By(Viewer viewer, Row row) => new(row.Part, row.Firm, viewer.IsClearingHouse || viewer.Firm.Value == row.FirmId ? row.Name : null);

    private sealed record Row(Guid Id, int Number, DateTimeOffset At, string Part, bool IsFromHouse, string Text, string Name, string Firm, Guid FirmId, bool IsUnread);

    private sealed record Count(Guid Request, int New);
}
