using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>
/// Proposes the draft as the next release: what it holds now is stored whole under its hash, and waits for a second analyst. The draft
/// stays, and what is in force stays in force. Refused with every fault that the checks find.
/// </summary>
public sealed class ProposeRelease(ReleaseDesk desk, ReleaseDrafts drafts, IRunsUnderWay runs)
{
    /// <summary>Longest note to the second analyst, in characters.</summary>
    public const int MaxNote = 2_000;

    /// <param name="note">To the second analyst: what this is for; may be empty.</param>
    /// <param name="andLeave">The analyst is done with the draft: another may edit it at once.</param>
    /// <returns>The proposal's id; the same one where this very release is proposed already.</returns>
    public Task<Result<Guid>> HandleAsync(Viewer viewer, string eService, string note, bool andLeave, CancellationToken ct) => desk.RunAsync<Guid>(
        viewer,
        async db =>
        {
            if (WhyNotSaid("note", note) is { } fault) return new AnswersAreIncomplete([fault]);
            var held = await desk.HeldAsync(db, viewer, eService, ct);
            if (held.IsRefused) return held.Refusal;
            var reading = drafts.Check(ReleaseDraft.Of(held.Value, desk.MachineNow));
            if (reading.Bundle is not { } bundle) return new ReleaseIsAtFault(reading.Faults);
            if (runs.Unwritten(bundle) is { Count: > 0 } unwritten) return new ReleaseIsAtFault(unwritten);
            if (desk.Catalogue.InForce(eService, desk.Now)?.Hash == bundle.Hash) return new NothingHasChanged();
            if (andLeave) held.Value.LeaseUntil = null;
            return await ProposeAsync(db, viewer, held.Value, bundle, note.Trim(), ct);
        },
        ct);

    /// <summary>What is wrong with words from one analyst to another; null where nothing is.</summary>
    internal static FieldFault? WhyNotSaid(string field, string words) =>
        words.Length > MaxNote ? new FieldFault(field, "too-long", Arguments: new Dictionary<string, string> { ["limit"] = "2000" })
        : words.Contains('\0', StringComparison.Ordinal) ? new FieldFault(field, "control-characters")
        : null;

    private async Task<Guid> ProposeAsync(PortalDb db, Viewer viewer, ReleaseDraftRow draft, EServiceBundle bundle, string note, CancellationToken ct)
    {
        var open = await db.Set<ReleaseProposalRow>().Where(p => p.EService == bundle.Key && p.State == ProposalState.Open).ToListAsync(ct);
        if (open.FirstOrDefault(p => p.Hash == bundle.Hash) is { } same) return same.Id;
        var overtaken = open.Where(p => p.ProposedBy is not null).ToList();
        foreach (var older in overtaken) (older.State, older.ClosedBy, older.ClosedAt) = (ProposalState.Replaced, viewer.User, desk.Now);

        if (!await db.Set<ReleaseRow>().AnyAsync(r => r.Hash == bundle.Hash, ct))
        {
            db.Add(new ReleaseRow { Hash = bundle.Hash, EService = bundle.Key, Document = bundle.Document.ToJsonString(), StoredAt = desk.Now });
        }

        var proposal = new ReleaseProposalRow
        {
            Id = Guid.CreateVersion7(),
            EService = bundle.Key,
            Hash = bundle.Hash,
            BaseHash = draft.BaseHash,
            DraftRevision = draft.Revision,
            ProposedBy = viewer.User,
            ProposedAt = desk.Now,
            Editors = [.. draft.Editors.Append(viewer.User.Value).Distinct()],
            Note = note,
            State = ProposalState.Open,
        };
        db.Add(proposal);
        await desk.Deeds.AddAsync(
            db, ReleaseHappening.Proposed, desk.Now, viewer,
            new JsonObject { ["release"] = bundle.Hash, ["editors"] = new JsonArray([.. proposal.Editors.Select(e => (JsonNode)e.ToString())]), ["words"] = note },
            [new(ProposalNews.Waits, proposal) { Words = note }, .. overtaken.Select(o => new ReleaseDeeds.Telling(ProposalNews.Overtaken, o))], ct);
        return proposal.Id;
    }
}
