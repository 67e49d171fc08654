using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// A maker saves what is filled in so far, of a draft or of a correction. Not a click: no event is recorded until it is sent; who
/// edited is remembered, and nobody overwrites what somebody else has saved meanwhile.
/// </summary>
public sealed class SaveDraft(ClickConnection connection, DraftAnswers drafts, RequestReader requests, DoneOperations operations, BusinessClock clock)
{
    /// <param name="seen">The version that the caller changes (<c>If-Match</c>); null is refused.</param>
    /// <param name="dropsLeft">The maker throws away what the form has no more; else it stays with the draft.</param>
    public async Task<Result<RequestReceipt>> HandleAsync(
        Viewer viewer, RequestId id, JsonObject answers, string? seen, DraftStrictness strictness, OperationKey? operation, bool dropsLeft, CancellationToken ct)
    {
        if (await operations.ReplayAsync(viewer, operation, ct) is { } before) return before;
        var now = clock.GetUtcNow();
        if (await requests.FindAsync(viewer, id, ct) is not { } request) return new NothingHere();
        if (RequestAccess.WhyNotEdit(viewer, request) is { } refusal) return refusal;
        if (seen is null) return new SayWhichVersionYouSaw();
        if (seen != request.Version) return new SomebodyElseHasSaved(request.Version);

        var saved = await drafts.CheckAsync(request, viewer, answers, now, ct);
        if (strictness == DraftStrictness.Strict && saved.Form.DraftFaults.Count > 0) return new AnswersAreIncomplete(saved.Form.DraftFaults);

        var after = request with { DraftRevision = request.DraftRevision + 1 };
        var receipt = new RequestReceipt(id.ToString(), request.Number, request.Status.Code(), after.Version);
        var outcome = await connection.WriteAsync(batch => Add(batch, request, viewer, saved, LeftAnswers.With(saved.Form.Answers, dropsLeft ? [] : LeftAnswers.Of(request)), now, operation, receipt), ct);
        if (!outcome.LostRace) return receipt;
        return await operations.ReplayAsync(viewer, operation, ct) is { } same
            ? same
            : new SomebodyElseHasSaved((await requests.FindAsync(viewer, id, ct))?.Version ?? after.Version);
    }

    private static void Add(ClickBatch batch, LoadedRequest request, Viewer viewer, CheckedAnswers saved, JsonObject draft, DateTimeOffset now, OperationKey? operation, RequestReceipt receipt)
    {
        if (operation is not null)
        {
            DoneOperations.Add(batch, viewer.User, operation, receipt, now);
        }

        batch.Add(
            $"""
            UPDATE requests.service_request SET draft = $4, draft_revision = draft_revision + 1, parts = $5, register_refs = $6, touch_refs = $7,
              file_refs = $8, updated_at = $9, updated_by = $10
            WHERE {RequestWriter.Unchanged}
            """,
            request.Id.Value, request.DraftRevision, request.Sequence, draft, request.Parts.Adding(Part.Edit, viewer.User).ToJson(),
            saved.RegisterRefs.ToArray(), saved.TouchRefs.ToArray(), saved.FileRefs.ToArray(), now, viewer.User.Value);
        StartDraft.FileAttachments(batch, request.Id, viewer, saved);
    }
}
