using System.Text.Json;
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
    /// <summary>The row with the id <c>$1</c>; an error that rolls the click back where it is no longer at revision <c>$2</c> and event <c>$3</c>.</summary>
    // The function is called only to fail: a call in PL/pgSQL costs as much as finding the row.
    internal const string Unchanged = "id = $1 AND CASE WHEN draft_revision = $2 AND sequence = $3 THEN true ELSE setup.expect(false) END";

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
        foreach (var own in change.Effects.GroupBy(e => byEffect[e.GetType()]))
        {
            own.Key.Write([.. own], context, batch);
        }

        if (after.Status.IsFinal())
        {
            batch.Add("DELETE FROM requests.touch WHERE request_id = $1", after.Id.Value);
        }
    }

    internal static void AddOperation(ClickBatch batch, UserId user, OperationKey operation, RequestReceipt receipt, DateTimeOffset now) =>
        batch.Add(
            "INSERT INTO requests.operation (user_id, key, body_hash, answer, at) VALUES ($1, $2, $3, $4, $5)",
            user.Value, operation.Key, operation.BodyHash, SqlValue.Json(JsonSerializer.Serialize(receipt, JsonSerializerOptions.Web)), now);

    private static void AddRow(ClickBatch batch, LoadedRequest before, LoadedRequest after, Viewer? by, DateTimeOffset now)
    {
        var row = new RowChange("requests.service_request", Unchanged, [after.Id.Value, before.DraftRevision, before.Sequence]);
        row.Set("sequence", after.Sequence);
        row.Set("head_hash", after.Head);
        row.Set("updated_at", now);
        row.Set("updated_by", by?.User.Value ?? Guid.Empty);
        row.SetWhere("number", before.Number != after.Number, after.Number);
        row.SetWhere("status", before.Status != after.Status, after.Status);
        row.SetWhere("revision", before.Revision != after.Revision, after.Revision);
        row.SetJson("answers", before.Answers, after.Answers);
        row.SetJson("draft", before.Draft, after.Draft);
        row.SetWhere("bundle_hash", before.IsDraft || before.Bundle.Hash != after.Bundle.Hash, after.Bundle.Hash);
        if (!ReferenceEquals(before.Run, after.Run)) row.Set("run", SqlValue.Json(after.Run.ToJson()));
        row.SetJson("outcomes", before.Outcomes, after.Outcomes);
        row.SetJson("proposal", before.Proposal, after.Proposal);
        if (!ReferenceEquals(before.Parts, after.Parts)) row.SetJson("parts", before.Parts.ToJson(), after.Parts.ToJson());
        row.SetJson("plan", before.Plan, after.Plan);
        row.SetJson("remarks", before.Remarks, after.Remarks);
        row.SetWhere("sent_by", before.SentBy != after.SentBy, after.SentBy?.Value);
        row.SetWhere("submitted_at", before.SubmittedAt != after.SubmittedAt, after.SubmittedAt);
        row.SetWhere("is_late", before.IsLate != after.IsLate, after.IsLate);
        row.SetWhere("closed_at", after.Status.IsFinal(), now);
        row.SetWhere("register_refs", !ReferenceEquals(before.RegisterRefs, after.RegisterRefs), after.RegisterRefs.ToArray());
        row.SetWhere("touch_refs", !ReferenceEquals(before.TouchRefs, after.TouchRefs), after.TouchRefs.ToArray());
        row.SetWhere("file_refs", !ReferenceEquals(before.FileRefs, after.FileRefs), after.FileRefs.ToArray());
        row.AddTo(batch);
    }
}
