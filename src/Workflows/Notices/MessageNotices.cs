using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// Queues what the other side is told of a message: that there is one, and where. Who is meant is asked of the database as of the
/// message's own transaction. All read the portal's words, whichever release the request goes by; none says what was written.
/// </summary>
public sealed class MessageNotices(TimeProvider machine, PortalAddress portal) : IMessageNotices
{
    /// <summary>To the clearing house, of a firm's message.</summary>
    public const string ToHouse = "message-of-participant";

    /// <summary>To the firm, of the clearing house's message.</summary>
    public const string ToFirm = "message-of-clearing-house";

    public async Task AddAsync(PortalDb db, MessageNotice notice, CancellationToken ct)
    {
        var model = Model(notice).ToJsonString();
        var people = notice.IsFromHouse ? await FirmAsync(db, notice.Request, ct) : await HouseAsync(db, notice.Request, ct);
        foreach (var person in people.DistinctBy(p => p.Email, StringComparer.OrdinalIgnoreCase))
        {
            db.Add(new Notice
            {
                Id = Guid.CreateVersion7(),
                RequestId = notice.Request.Id,
                RequestMessageId = notice.Message,
                Template = notice.IsFromHouse ? ToFirm : ToHouse,
                Language = person.Language,
                RecipientId = new UserId(person.Id),
                RecipientName = person.Name,
                Email = person.Email,
                Model = model,
                QueuedAt = notice.At,
                NextAttemptAt = machine.GetUtcNow(),
            });
        }
    }

    // Who works on it; where nobody does, its team.
    private static async Task<IReadOnlyList<Told>> HouseAsync(PortalDb db, LoadedRequest request, CancellationToken ct)
    {
        var claimers = await db.Database.SqlQuery<Told>(
            $"""
            SELECT DISTINCT u.id AS "Id", u.name AS "Name", u.email AS "Email", u.language AS "Language"
            FROM inbox.task t JOIN access.user_account u ON u.id = t.claimed_by JOIN access.firm f ON f.id = u.firm_id
            WHERE t.request_id = {request.Id.Value} AND t.is_open AND f.is_clearing_house AND NOT u.is_disabled
            """).ToListAsync(ct);
        if (claimers.Count > 0) return claimers;
        return await db.Database.SqlQuery<Told>(
            $"""
            SELECT DISTINCT u.id AS "Id", u.name AS "Name", u.email AS "Email", u.language AS "Language"
            FROM access.user_role r JOIN access.user_account u ON u.id = r.user_id JOIN access.firm f ON f.id = u.firm_id
            WHERE r.role IN ('Reviewer', 'Approver') AND (r.team IS NULL OR r.team = {request.Bundle.Service.Team}) AND f.is_clearing_house AND NOT u.is_disabled
            """).ToListAsync(ct);
    }

    // Its makers and checkers who have had it in hand; where none of them may any more, whoever may.
    private static async Task<IReadOnlyList<Told>> FirmAsync(PortalDb db, LoadedRequest request, CancellationToken ct)
    {
        var able = await db.Database.SqlQuery<Told>(
            $"""
            SELECT DISTINCT u.id AS "Id", u.name AS "Name", u.email AS "Email", u.language AS "Language"
            FROM access.user_right r JOIN access.user_account u ON u.id = r.user_id
            WHERE r.membership_id = {request.Membership.Id.Value} AND (r.eservice = '*' OR r.eservice = {request.EService}) AND (r.may_make OR r.may_check)
              AND u.firm_id = {request.Firm.Value} AND NOT u.is_disabled
            """).ToListAsync(ct);
        var acted = request.Parts.Edit.Concat(request.Parts.Check).Select(u => u.Value).ToHashSet();
        return able.FindAll(p => acted.Contains(p.Id)) is { Count: > 0 } concerned ? concerned : able;
    }

    private JsonObject Model(MessageNotice notice) => new()
    {
        ["request"] = new JsonObject
        {
            ["number"] = notice.Request.Number,
            ["eService"] = new JsonObject(LocalText.Languages.Select(l => KeyValuePair.Create(l, (JsonNode?)notice.Request.Bundle.Service.Name.In(l)))),
            ["url"] = $"{portal.Url}/requests/{notice.Request.Id}#messages",
        },
        ["firm"] = new JsonObject { ["name"] = notice.Request.FirmName.En, ["participantId"] = notice.Request.Membership.ParticipantId },
        ["portal"] = new JsonObject { ["url"] = portal.Url },
    };

    private sealed record Told(Guid Id, string Name, string Email, string Language);
}
