using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Workflows.Notices;

/// <summary>Queues what supervisors are told of calendars' files: by mail in each one's language, and on screen. None says what the file would change.</summary>
public sealed class ImportNotices(TimeProvider machine, PortalAddress portal) : IImportNotices
{
    /// <summary>Where their mails stand among the shared ones: no eService sends them.</summary>
    public const string Folder = "calendars/";

    private const string Insert =
        """
        INSERT INTO notices.notice (id, import_id, template, language, recipient_id, recipient_name, email, model, queued_at, next_attempt_at, state, attempts)
        SELECT gen_random_uuid(), $1, $2, p.language, p.id, p.name, p.email, $3, $4, $5, 'Pending', 0 FROM unnest($6, $7, $8, $9) AS p (id, name, email, language)
        """;

    private const string End = "UPDATE notices.notice SET import_id = NULL, read_at = coalesce(read_at, $2) WHERE import_id = ANY ($1)";

    public void AddTo(ClickBatch batch, ImportNotice notice)
    {
        // What was thrown away has no page any more.
        Guid? import = notice.News == ImportNews.Dropped ? null : notice.Import;
        batch.Add(
            Insert, import, Folder + notice.News.ToString().ToLowerInvariant(), Model(notice, import), notice.At, machine.GetUtcNow(),
            notice.To.Select(p => p.User.Value).ToArray(), notice.To.Select(p => p.Name).ToArray(), notice.To.Select(p => p.Email).ToArray(), notice.To.Select(p => p.Language).ToArray());
    }

    public void AddEndTo(ClickBatch batch, IReadOnlyCollection<Guid> imports, DateTimeOffset at) => batch.Add(End, imports.ToArray(), at);

    private JsonObject Model(ImportNotice notice, Guid? import) => new()
    {
        ["calendar"] = new JsonObject
        {
            ["market"] = notice.Market.ToString(),
            ["name"] = notice.Name,
            ["by"] = notice.By,
            ["url"] = $"{portal.Url}/register/imports{(import is null ? "" : $"/{import}")}",
        },
        ["portal"] = new JsonObject { ["url"] = portal.Url },
    };
}
