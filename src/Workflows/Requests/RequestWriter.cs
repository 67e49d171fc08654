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

    private readonly IReadOnlyList<IEffectWriter> writers = [.. writers];
    private readonly Dictionary<Type, IEffectWriter> byEffect = writers.SelectMany(w => w.Writes.Select(e => (e, w))).ToDictionary(p => p.e, p => p.w);

    /// <summary>The effects that some module writes; a flow that wants another can't be put in force.</summary>
    public IReadOnlyCollection<Type> Writes => byEffect.Keys;

    /// <summary>A refusal where a module can't write what the flow asked for, as things stood when the request was loaded; null where all can be written.</summary>
    public Refusal? WhyNot(RequestChange change) => change.Effects.Select(e => byEffect[e.GetType()].WhyNot(e, change.After)).FirstOrDefault(r => r is not null);

    /// <summary>What it means that somebody else has a unique key already; null where the click is to decide again.</summary>
    public Refusal? WhyTaken(string key) => writers.Select(w => w.WhyTaken(key)).FirstOrDefault(r => r is not null);

    /// <param name="by">Null where a deadline moved the run.</param>
    public void Add(ClickBatch batch, LoadedRequest before, RequestChange change, Viewer? by, DateTimeOffset now, OperationKey? operation, RequestReceipt? receipt)
    {
        change = FirmNames.With(before, change);
        var (link, after) = Next(before, change, by, now);
        RowOf(before, after, by, now).AddTo(batch);
        link.AddTo(batch);
        if (operation is not null && by is not null)
        {
            DoneOperations.Add(batch, by.User, operation, receipt!, now);
        }

        change.Also?.Invoke(batch);
        var context = new EffectContext(after, by, now, change.Plan, change.Effects);
        foreach (var (writer, own) in ByWriter(change, context))
        {
            writer.Write(own.Effects, context, batch);
        }

        if (after.Status.IsFinal())
        {
            batch.Add("DELETE FROM requests.touch WHERE request_id = $1", after.Id.Value);
        }
    }

    /// <summary>
    /// The writes of several requests that no person moved, rows of one kind by one statement. The transaction holds their locks since before they
    /// were loaded; that they are still the ones that were loaded is asked all the same.
    /// </summary>
    public void AddAll(ClickBatch batch, IReadOnlyList<(LoadedRequest Before, RequestChange Change)> requests, DateTimeOffset now)
    {
        var moved = requests.Select(r => (r.Before, Change: FirmNames.With(r.Before, r.Change))).Select(r => (r.Before, r.Change, Next: Next(r.Before, r.Change, null, now))).ToList();
        RequestRows.AddTo(batch, [.. moved.Select(m => RowOf(m.Before, m.Next.After, null, now))]);
        EventLink.AddAll(batch, moved.Select(m => m.Next.Link));
        moved.ForEach(m => m.Change.Also?.Invoke(batch));
        foreach (var own in moved.SelectMany(m => ByWriter(m.Change, new EffectContext(m.Next.After, null, now, m.Change.Plan, m.Change.Effects))).GroupBy(o => o.Writer, o => o.Effects))
        {
            own.Key.WriteAll([.. own], batch);
        }

        Guid[] closed = [.. moved.Where(m => m.Next.After.Status.IsFinal()).Select(m => m.Next.After.Id.Value)];
        if (closed.Length > 0) batch.Add("DELETE FROM requests.touch WHERE request_id = ANY ($1)", closed);
    }

    private IEnumerable<(IEffectWriter Writer, RequestEffects Effects)> ByWriter(RequestChange change, EffectContext context) =>
        change.Effects.GroupBy(e => byEffect[e.GetType()]).Select(own => (own.Key, new RequestEffects([.. own], context)));

    private static (EventLink Link, LoadedRequest After) Next(LoadedRequest before, RequestChange change, Viewer? by, DateTimeOffset now)
    {
        var link = EventLog.Next(before.Id, before.Sequence + 1, before.Head, now, by?.User, change.What!, change.ContentHash);
        return (link, change.After with { Sequence = link.Sequence, Head = link.Hash });
    }

    private static RowChange RowOf(LoadedRequest before, LoadedRequest after, Viewer? by, DateTimeOffset now)
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
        row.SetJson("milestones", before.Milestones, after.Milestones);
        row.SetJson("follow_ups", before.FollowUps, after.FollowUps);
        if (!ReferenceEquals(before.Parts, after.Parts)) row.SetJson("parts", before.Parts.ToJson(), after.Parts.ToJson());
        row.SetJson("plan", before.Plan, after.Plan);
        row.SetJson("remarks", before.Remarks, after.Remarks);
        row.SetWhere("sent_by", before.SentBy != after.SentBy, after.SentBy?.Value);
        row.SetWhere("submitted_at", before.SubmittedAt != after.SubmittedAt, after.SubmittedAt);
        row.SetWhere("is_late", before.IsLate != after.IsLate, after.IsLate);
        row.SetWhere("closed_at", after.Status.IsFinal() && !before.Status.IsFinal(), now);
        row.SetWhere("register_refs", !ReferenceEquals(before.RegisterRefs, after.RegisterRefs), after.RegisterRefs.ToArray());
        row.SetWhere("touch_refs", !ReferenceEquals(before.TouchRefs, after.TouchRefs), after.TouchRefs.ToArray());
        row.SetWhere("file_refs", !ReferenceEquals(before.FileRefs, after.FileRefs), after.FileRefs.ToArray());
        return row;
    }
}
