using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>How strictly a draft is taken: an API caller is told at once, a person's half-typed value is kept as typed.</summary>
public enum DraftStrictness
{
    /// <summary>Values of the wrong type or length are refused.</summary>
    Strict,

    /// <summary>They are kept as typed; sending will name them.</summary>
    KeepAsTyped,
}

/// <summary>A maker begins a request: a draft, visible to the firm's other makers, without a number and without a record yet.</summary>
public sealed class StartDraft(ClickConnection connection, Catalogue catalogue, DraftAnswers drafts, DoneOperations operations, BusinessClock clock)
{
    public async Task<Result<RequestReceipt>> HandleAsync(Viewer viewer, string eService, MembershipId membership, JsonObject answers, DraftStrictness strictness, OperationKey? operation, CancellationToken ct)
    {
        if (await operations.ReplayAsync(viewer, operation, ct) is { } before) return before;
        if (catalogue.InForce(eService, clock.GetUtcNow()) is not { } bundle) return new NothingHere();
        if (viewer.Memberships.FirstOrDefault(m => m.Id == membership) is not { } held) return new NothingHere();
        if (!viewer.MayMake(eService, membership)) return new NotYoursToDo("not-a-maker");
        if (!bundle.Service.IsFor(held)) return new NotForThisMembership();

        var now = clock.GetUtcNow();
        var started = await drafts.CheckAsync(bundle, viewer, held, answers, now, ct);
        if (strictness == DraftStrictness.Strict && started.Form.DraftFaults.Count > 0) return new AnswersAreIncomplete(started.Form.DraftFaults);

        var id = RequestId.New();
        var receipt = new RequestReceipt(id.ToString(), null, RequestStatus.Draft.Code(), "1.0");
        var outcome = await connection.WriteAsync(batch => Add(batch, id, viewer, eService, membership, started, now, operation, receipt), ct);
        return outcome.LostRace
            ? await operations.ReplayAsync(viewer, operation, ct) ?? new TooBusyRightNow()
            : receipt;
    }

    private static void Add(ClickBatch batch, RequestId id, Viewer viewer, string eService, MembershipId membership, CheckedAnswers started, DateTimeOffset now, OperationKey? operation, RequestReceipt receipt)
    {
        if (operation is not null)
        {
            DoneOperations.Add(batch, viewer.User, operation, receipt, now);
        }

        batch.Add(
            """
            INSERT INTO requests.service_request (id, eservice, membership_id, firm_id, status, draft_revision, revision, sequence, answers, draft,
              parts, register_refs, touch_refs, file_refs, created_by, created_at, updated_at, updated_by, is_late)
            VALUES ($1, $2, $3, $4, $5, 1, 1, 0, '{}', $6, $7, $8, $9, $10, $11, $12, $12, $11, false)
            """,
            id.Value, eService, membership.Value, viewer.Firm.Value, RequestStatus.Draft, started.Form.Answers, Parts.None.Adding(Part.Edit, viewer.User).ToJson(),
            started.RegisterRefs.ToArray(), started.TouchRefs.ToArray(), started.FileRefs.ToArray(), viewer.User.Value, now);
        FileAttachments(batch, id, viewer, started);
    }

    // Files uploaded before the draft existed belong to it from now on; the firm's demonstration files stay nobody's.
    internal static void FileAttachments(ClickBatch batch, RequestId id, Viewer viewer, CheckedAnswers answers)
    {
        if (answers.FileRefs.Count > 0)
        {
            batch.Add(
                "UPDATE files.attachment SET request_id = $1 WHERE id = ANY ($2) AND request_id IS NULL AND NOT demonstration AND firm_id = $3",
                id.Value, answers.FileRefs.ToArray(), viewer.Firm.Value);
        }
    }
}
