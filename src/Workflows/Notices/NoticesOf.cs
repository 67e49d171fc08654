using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Notices;

/// <summary>A notice as its recipient sees it on screen.</summary>
/// <param name="Title">The mail's subject, worded now in the viewer's language.</param>
/// <param name="Request">Null where it is about no request, or about one that is not the viewer's own.</param>
/// <param name="Task">Of a request of somebody else's, what the viewer's firm is asked; null for all others.</param>
/// <param name="Proposal">The release proposal that it is about; null where it is about none.</param>
public sealed record OnScreenNotice(Guid Id, string Title, RequestId? Request, TaskId? Task, Guid? Proposal, DateTimeOffset QueuedAt, bool IsRead)
{
    /// <summary>It tells of a message on the request.</summary>
    public bool IsOfMessage { get; init; }

    /// <summary>The calendar's file that it is about, while that is there; null for all others.</summary>
    public Guid? Import { get; init; }

    /// <summary>It tells of a file that can be downloaded.</summary>
    public bool IsOfPublication { get; init; }
}

/// <param name="Unread">Counted up to <see cref="NoticesOf.MostCounted"/>.</param>
/// <param name="Latest">Newest first.</param>
public sealed record OnScreenNotices(int Unread, IReadOnlyList<OnScreenNotice> Latest);

/// <summary>
/// The viewer's own notices, whether their mails have left or not: a dead mail server keeps nobody from reading them here.
/// </summary>
public sealed class NoticesOf(IDbContextFactory<PortalDb> database, IMailTemplates templates, Composer composer)
{
    /// <summary>More unread ones than this are "99+".</summary>
    public const int MostCounted = 100;

    public async Task<OnScreenNotices> ReadAsync(Viewer viewer, int count, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        var rows = await db.Set<Notice>().AsNoTracking().Where(n => n.RecipientId == viewer.User)
            .OrderByDescending(n => n.QueuedAt).ThenByDescending(n => n.Sequence).Take(count).ToListAsync(ct);
        return new OnScreenNotices(await UnreadAsync(db, viewer, ct), [.. rows.Select(n => OnScreen(n, viewer.Language))]);
    }

    /// <summary>For the badge on every page; up to <see cref="MostCounted"/>.</summary>
    public async Task<int> CountUnreadAsync(Viewer viewer, CancellationToken ct)
    {
        await using var db = await database.CreateDbContextAsync(ct);
        return await UnreadAsync(db, viewer, ct);
    }

    private static Task<int> UnreadAsync(PortalDb db, Viewer viewer, CancellationToken ct) =>
        db.Set<Notice>().Where(n => n.RecipientId == viewer.User && n.ReadAt == null).Take(MostCounted).CountAsync(ct);

    private OnScreenNotice OnScreen(Notice notice, string language)
    {
        var template = templates.Find(notice.BundleHash, notice.Template, language);
        var title = template is null ? null : composer.Subject(template, language, MailModel.Addressed(notice.Model, notice.RecipientName));

        var model = JsonNode.Parse(notice.Model) as JsonObject;
        var isOthers = model?["counterparty"] is not null;

        // A template that can't be worded is the operator's matter; the reader still learns what it is about.
        return new OnScreenNotice(
            notice.Id, title ?? notice.Subject ?? NumberOf(model) ?? notice.Template, isOthers ? null : notice.RequestId,
            isOthers && (string?)model!["task"] is { } task ? TaskId.From(task) : null, notice.ProposalId, notice.QueuedAt, notice.ReadAt is not null)
        {
            IsOfMessage = notice.RequestMessageId is not null,
            Import = notice.ImportId,
            IsOfPublication = notice.PublicationId is not null,
        };
    }

    private static string? NumberOf(JsonObject? model) => (model?["request"]?["number"] ?? model?["release"]?["id"])?.ToString();
}
