using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClientConnect.Workflows.Requests;

/// <summary>A message as somebody wrote it.</summary>
/// <param name="Files">In the order in which they were chosen.</param>
public sealed record MessageToSend(RequestId Request, string Text, IReadOnlyList<FileOfMessage> Files);

/// <summary>What a message that was sent is known by.</summary>
public sealed record SentMessage(Guid Id, int Number, DateTimeOffset At);

/// <summary>
/// Writes a message to the other side of a request, with its files, and tells that side. It moves no flow, rests on nothing that was seen
/// and is no part of what is decided on (decision 0016); the same operation key writes it once.
/// </summary>
public sealed class SendMessage(IDbContextFactory<PortalDb> databases, RequestReader requests, MessageFiles files, IMessageNotices notices, KeptAnswers answers, BusinessClock clock)
{
    /// <summary>Longest message, in characters.</summary>
    public const int MaxText = 4000;

    public async Task<Result<SentMessage>> HandleAsync(Viewer viewer, MessageToSend message, OperationKey? operation, CancellationToken ct)
    {
        if (await requests.FindAsync(viewer, message.Request, ct) is not { } request) return new NothingHere();
        if (operation is not null && await answers.FindAsync<SentMessage>(viewer, operation, ct) is { } before) return before;
        if (RequestAccess.WhyNotWrite(viewer, request) is { } no) return no;
        var text = message.Text.ReplaceLineEndings("\n").Normalize().Trim();
        if (FaultOf(text) is { } fault) return new AnswersAreIncomplete([fault]);
        var id = Guid.CreateVersion7();
        var taken = await files.TakeAsync(viewer, request.Id, id, message.Files, ct);
        if (taken.IsRefused) return taken.Refusal;

        try
        {
            return await WriteAsync(viewer, request, new SentMessage(id, 0, clock.GetUtcNow()), text, taken.Value, operation, ct);
        }
        catch (DbUpdateException e) when (operation is not null && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "operation_key" })
        {
            // The same call was a moment ahead.
            if (await answers.FindAsync<SentMessage>(viewer, operation, ct) is { } ahead) return ahead;
            throw;
        }
    }

    private async Task<Result<SentMessage>> WriteAsync(
        Viewer viewer, LoadedRequest request, SentMessage unnumbered, string text, IReadOnlyList<TakenFile> taken, OperationKey? operation, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // One message of a request at a time: they are numbered without a gap. The row comes first, as for every writer.
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM requests.service_request WHERE id = {request.Id.Value} FOR UPDATE", ct);
        var last = await db.Set<MessageRow>().Where(m => m.RequestId == request.Id).MaxAsync(m => (int?)m.Number, ct) ?? 0;
        var sent = unnumbered with { Number = last + 1 };
        db.Add(new MessageRow
        {
            Id = sent.Id,
            RequestId = request.Id,
            Number = sent.Number,
            IsFromHouse = viewer.IsClearingHouse,
            UserId = viewer.User,
            Part = PartOf(viewer, request),
            At = sent.At,
            Text = text,
        });
        if (operation is not null) db.Add(KeptAnswers.Row(viewer, operation, sent, sent.At));
        if (await files.AddAsync(db, viewer, taken, ct) is { } full) return full;
        await notices.AddAsync(db, new MessageNotice(request, sent.Id, sent.At, viewer.IsClearingHouse), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return sent;
    }

    private static FieldFault? FaultOf(string text) =>
        text.Length == 0 ? new FieldFault("text", "required")
        : text.Length > MaxText ? new FieldFault("text", "too-long", Arguments: new Dictionary<string, string> { ["limit"] = "4,000" })
        : PlainText.HasHarmful(text, hasLines: true) ? new FieldFault("text", "control-characters")
        : null;

    // What somebody has done in this request says more of them than what they may do.
    private static string PartOf(Viewer viewer, LoadedRequest request)
    {
        if (viewer.IsClearingHouse)
        {
            return viewer.Is(Role.Approver) && (request.Parts.Approve.Contains(viewer.User) || !viewer.Is(Role.Reviewer)) ? "approver" : viewer.Is(Role.Reviewer) ? "reviewer" : "supervisor";
        }

        var checks = viewer.MayCheck(request.EService, request.Membership.Id) && !request.Parts.Edit.Contains(viewer.User);
        return checks && (request.Parts.Check.Contains(viewer.User) || !viewer.MayMake(request.EService, request.Membership.Id)) ? "checker" : "maker";
    }
}
