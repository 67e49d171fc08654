using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// Queues what a firm's people are told of a file that lies ready for them: whoever may download it, as of that transaction, by the portal's words.
/// </summary>
public sealed class PublicationNotices(TimeProvider machine, PortalAddress portal) : IPublicationNotices
{
    /// <summary>The shared mail that tells it.</summary>
    public const string Template = "file-published";

    public async Task AddAsync(PortalDb db, PublicationNotice notice, CancellationToken ct)
    {
        var memberships = notice.Memberships.Select(m => m.Value).ToArray();
        var people = await db.Database.SqlQuery<Told>(
            $"""
            SELECT DISTINCT u.id AS "Id", u.name AS "Name", u.email AS "Email", u.language AS "Language", f.name_en AS "Firm"
            FROM access.user_right r JOIN access.user_account u ON u.id = r.user_id JOIN access.firm f ON f.id = u.firm_id
            WHERE r.membership_id = ANY ({memberships}) AND (r.eservice = '*' OR r.eservice = {notice.EService}) AND (r.may_view OR r.may_make OR r.may_check)
              AND NOT f.is_clearing_house AND NOT u.is_disabled
            """).ToListAsync(ct);
        foreach (var person in people.DistinctBy(p => p.Email, StringComparer.OrdinalIgnoreCase))
        {
            db.Add(new Notice
            {
                Id = Guid.CreateVersion7(),
                PublicationId = notice.Publication,
                Template = Template,
                Language = person.Language,
                RecipientId = new UserId(person.Id),
                RecipientName = person.Name,
                Email = person.Email,
                Model = Model(notice, person.Firm).ToJsonString(),
                QueuedAt = notice.At,
                NextAttemptAt = machine.GetUtcNow(),
            });
        }
    }

    private JsonObject Model(PublicationNotice notice, string firm) => new()
    {
        ["file"] = new JsonObject
        {
            ["name"] = notice.Name,
            ["type"] = new JsonObject(LocalText.Languages.Select(l => KeyValuePair.Create(l, (JsonNode?)notice.Type.In(l)))),
            ["until"] = notice.KeptUntil.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["url"] = $"{portal.Url}/downloads",
        },
        ["firm"] = new JsonObject { ["name"] = firm },
        ["portal"] = new JsonObject { ["url"] = portal.Url },
    };

    private sealed record Told(Guid Id, string Name, string Email, string Language, string Firm);
}
