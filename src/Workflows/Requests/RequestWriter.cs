using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// The second round trip of a click: the request's row first, which every writer locks before anything else and which must still
/// be the one that was loaded; then the event, the operation, and whatever each module's writer makes of the flow's effects.
/// </summary>
public sealed class RequestWriter(IEnumerable<IEffectWriter> writers)
{
    private const string Update =
        """
        UPDATE requests.service_request SET
          number = $4, status = $5, revision = $6, sequence = $7, head_hash = $8, answers = $9, draft = $10, bundle_hash = $11, run = $12,
          outcomes = $13, proposal = $14, parts = $15, plan = $16, remarks = $17, sent_by = $18, submitted_at = $19, is_late = $20,
          updated_at = $21, updated_by = $22, closed_at = $23, register_refs = $24, touch_refs = $25, file_refs = $26
        WHERE id = $1 AND setup.expect(draft_revision = $2 AND sequence = $3)
        """;

    private readonly Dictionary<Type, IEffectWriter> byEffect = writers.SelectMany(w => w.Writes.Select(e => (e, w))).ToDictionary(p => p.e, p => p.w);

    /// <summary>The effects that some module writes; a flow that wants another can't be put in force.</summary>
    public IReadOnlyCollection<Type> Writes => byEffect.Keys;

    /// <param name="by">Null where a deadline moved the run.</param>
    public void Add(ClickBatch batch, LoadedRequest before, RequestChange change, Viewer? by, DateTimeOffset now, OperationKey? operation, RequestReceipt? receipt)
    {
        var link = EventLog.Next(before.Id, before.Sequence + 1, before.Head, now, by?.User, change.What!, change.ContentHash);
        var after = change.After with { Sequence = link.Sequence, Head = link.Hash };
        AddRow(batch, before, after, by, now);
        link.AddTo(batch);
        if (operation is not null && by is not null)
        {
            AddOperation(batch, by.User, operation, receipt!, now);
        }

        change.Also?.Invoke(batch);
        var context = new EffectContext(after, by, now, change.Plan, change.Effects);
        foreach (var effect in change.Effects)
        {
            byEffect[effect.GetType()].Write(effect, context, batch);
        }

        if (after.Status.IsFinal())
        {
            batch.Add("DELETE FROM requests.touch WHERE request_id = $1", after.Id.Value);
        }
    }

    internal static void AddOperation(ClickBatch batch, UserId user, OperationKey operation, RequestReceipt receipt, DateTimeOffset now) =>
        batch.Add(
            "INSERT INTO requests.operation (user_id, key, body_hash, answer, at) VALUES ($1, $2, $3, $4, $5)",
            user.Value, operation.Key, operation.BodyHash, JsonSerializer.SerializeToNode(receipt, JsonSerializerOptions.Web), now);

    private static void AddRow(ClickBatch batch, LoadedRequest before, LoadedRequest after, Viewer? by, DateTimeOffset now) =>
        batch.Add(
            Update,
            after.Id.Value, before.DraftRevision, before.Sequence, after.Number, after.Status, after.Revision, after.Sequence, after.Head,
            after.Answers, after.Draft, after.Bundle.Hash, JsonNode.Parse(after.Run.ToJson()), after.Outcomes, after.Proposal, after.Parts.ToJson(),
            after.Plan, after.Remarks, after.SentBy?.Value, after.SubmittedAt, after.IsLate, now, by?.User.Value ?? Guid.Empty,
            after.Status.IsFinal() ? now : null, after.RegisterRefs.ToArray(), after.TouchRefs.ToArray(), after.FileRefs.ToArray());
}
