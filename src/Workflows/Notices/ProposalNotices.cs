using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Notices;

/// <summary>Queues what analysts are told of release proposals: by mail in each one's language, and on screen.</summary>
public sealed class ProposalNotices(TimeProvider machine, PortalAddress portal) : IProposalNotices
{
    /// <summary>Where their mails stand among the shared ones: no eService sends them.</summary>
    public const string Folder = "proposals/";

    public void Add(PortalDb db, ProposalNotice notice)
    {
        var model = Model(notice).ToJsonString();
        foreach (var person in notice.To)
        {
            db.Add(new Notice
            {
                Id = Guid.CreateVersion7(),
                ProposalId = notice.Proposal,
                Sequence = notice.Sequence,
                Template = Folder + notice.News.ToString().ToLowerInvariant(),
                Language = person.Language,
                RecipientId = person.User,
                RecipientName = person.Name,
                Email = person.Email,
                Model = model,
                QueuedAt = notice.At,
                NextAttemptAt = machine.GetUtcNow(),
            });
        }
    }

    private JsonObject Model(ProposalNotice notice) => new()
    {
        ["release"] = new JsonObject
        {
            ["id"] = notice.FormId,
            ["eService"] = new JsonObject(LocalText.Languages.Select(l => KeyValuePair.Create(l, (JsonNode?)notice.EService.In(l)))),
            ["by"] = notice.By,
            ["words"] = notice.Words,
            ["from"] = notice.From?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["url"] = $"{portal.Url}/designer/proposals/{notice.Proposal}",
        },
        ["portal"] = new JsonObject { ["url"] = portal.Url },
    };
}
