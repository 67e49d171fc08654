using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Files;

/// <summary>
/// The clearing house takes back what it published by mistake: from that moment nobody is handed it, and its content is deleted. That it
/// was there, and who had downloaded it, stays in the log.
/// </summary>
public sealed class WithdrawPublication(IDbContextFactory<PortalDb> database, BusinessClock clock)
{
    private const int LongestReason = 500;

    public async Task<Result<PublishedFile>> HandleAsync(Viewer viewer, AttachmentId id, string reason, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.PublishFiles)) return new NothingHere();
        if (reason.Trim() is not { Length: > 0 and <= LongestReason } why) return new AnswersAreIncomplete([Fault(reason)]);
        await using var db = await database.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM files.publication WHERE id = {id.Value} FOR UPDATE", ct);
        if (await db.Set<Publication>().FirstOrDefaultAsync(p => p.Id == id, ct) is not { } publication) return new NothingHere();
        if (publication.WithdrawnAt is not null) return new FileWasWithdrawn();

        var now = clock.GetUtcNow();
        publication.WithdrawnAt = now;
        publication.ClearedAt ??= now;
        db.Add(new PublicationEvent { PublicationId = id, Kind = PublicationEventKind.Withdrawn, At = now, UserId = viewer.User, FirmId = viewer.Firm, Reason = why });
        await db.SaveChangesAsync(ct);
        await db.Set<Content>().Where(c => c.AttachmentId == id).ExecuteDeleteAsync(ct);
        var file = await db.Set<Attachment>().AsNoTracking().SingleAsync(a => a.Id == id, ct);
        await transaction.CommitAsync(ct);
        return PublishedFile.Of(publication, file, now);
    }

    private static FieldFault Fault(string reason) => reason.Trim().Length == 0
        ? new FieldFault("reason", "required")
        : new FieldFault("reason", "too-long", null, new Dictionary<string, string> { ["limit"] = "500" });
}
