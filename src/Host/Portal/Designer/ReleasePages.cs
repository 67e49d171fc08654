using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Designer;

/// <summary>Fills the pages about drafts, proposals and the record of releases.</summary>
internal sealed class ReleasePages(Catalogue catalogue, ReleaseDrafts drafts, ReleaseProposals proposals, ReleaseRecord record, FirmDirectory people)
{
    /// <summary>Null where there is no draft.</summary>
    public async Task<DraftView?> DraftAsync(Viewer viewer, Frame frame, string key, CancellationToken ct)
    {
        if (await drafts.FindAsync(viewer, key, ct) is not { } draft || catalogue.InForce(key, frame.Now) is not { } inForce) return null;
        var names = await NamesAsync(viewer, [.. draft.Editors, draft.SavedBy, draft.EditedBy ?? draft.SavedBy], ct);
        var reading = drafts.Check(draft);
        return new DraftView(
            key, inForce.Service.Id, inForce.Service.Name, draft.EditedBy is { } editor ? names(editor) : null, draft.EditedBy == viewer.User, names(draft.SavedBy), draft.SavedAt,
            [.. draft.Editors.Select(names)], reading.Faults, reading.Bundle is { } bundle ? OutlineComparison.Of(Words.Of("designer.now", frame.Language), inForce, Words.Of("designer.draft", frame.Language), bundle) : null)
        {
            IsBehind = draft.BaseHash != inForce.Hash,
            IsAsBegun = draft.IsAsBegun,
            Told = inForce.Flow.Steps.Select(s => s.Id).ToHashSet(StringComparer.Ordinal),
            Proposal = (await proposals.OfAsync(viewer, key, ct)).FirstOrDefault(p => p.State == ProposalState.Open && p.ProposedBy is not null)?.Id,
            MayEdit = PermissionTable.Allows(viewer, Permission.EditEServices),
        };
    }

    /// <summary>Null where there is no such proposal.</summary>
    /// <param name="wrong">What was typed and can't be taken.</param>
    public async Task<ReleaseProposalView?> ProposalAsync(Viewer viewer, Frame frame, Guid id, IReadOnlyList<FieldFault> wrong, Func<string, string?>? typed, CancellationToken ct)
    {
        if (await proposals.FindAsync(viewer, id, ct) is not { } proposal || catalogue.InForce(proposal.EService, frame.Now) is not { } inForce) return null;
        var names = await NamesAsync(viewer, [.. proposal.Editors, .. new[] { proposal.ProposedBy, proposal.ClosedBy }.OfType<UserId>()], ct);
        var reading = await proposals.CheckAsync(viewer, proposal, ct);
        var mayEdit = PermissionTable.Allows(viewer, Permission.EditEServices);
        var whyNot = !mayEdit ? PortalCalls.WordsOf(new NotYoursToDo("not-an-analyst")) : proposal.WhyNotBy(viewer) is { } no ? PortalCalls.WordsOf(no) : null;
        return new ReleaseProposalView(
            proposal.EService, inForce.Service.Id, inForce.Service.Name, Row(viewer, proposal, names, frame), proposal.Note, [.. proposal.Editors.Select(names)], reading.Faults,
            reading.Bundle is { } bundle ? Change(frame, proposal, inForce, bundle) : null, whyNot)
        {
            IsBehind = proposal.State == ProposalState.Open && proposal.BaseHash is { } made && made != inForce.Hash,
            MayReturn = mayEdit && proposal.State == ProposalState.Open,
            IsOwn = proposal.ProposedBy == viewer.User,
            MayBringBack = mayEdit && proposal.State == ProposalState.Cancelled && await drafts.FindAsync(viewer, proposal.EService, ct) is null,
            HasDraft = proposal.State == ProposalState.Returned && await drafts.FindAsync(viewer, proposal.EService, ct) is not null,
            Remark = proposal.Remark,
            Wrong = wrong,
            ReleaseFields = [ReleaseFields.Of("date", FieldKind.Date, wrong, typed), ReleaseFields.Of("time", FieldKind.Text, wrong, typed) with { MaxLength = 10 }],
            ReturnFields = [ReleaseFields.Of("remark", FieldKind.LongText, wrong, typed)],
        };
    }

    public async Task<NextReleaseView> NextAsync(Viewer viewer, Frame frame, string key, CancellationToken ct)
    {
        var draft = await drafts.FindAsync(viewer, key, ct);
        var made = await proposals.OfAsync(viewer, key, ct);
        var entries = await record.OfAsync(viewer, key, ct);
        var names = await NamesAsync(viewer, [.. made.SelectMany(p => new[] { p.ProposedBy, p.ClosedBy }).Concat(entries.Select(e => e.By)).Append(draft?.EditedBy).OfType<UserId>()], ct);
        return new NextReleaseView(
            key, draft is not null, draft?.EditedBy is { } editor ? names(editor) : null, PermissionTable.Allows(viewer, Permission.EditEServices),
            [.. made.Select(p => Row(viewer, p, names, frame))], [.. entries.Select(e => Entry(e, names))]);
    }

    /// <summary>By eService: what is scheduled, what waits and what is being made; none where nothing is.</summary>
    public async Task<IReadOnlyDictionary<string, ComingView>> ComingAsync(Viewer viewer, Frame frame, CancellationToken ct)
    {
        var made = (await drafts.AllAsync(viewer, ct)).ToDictionary(d => d.EService, d => d.EditedBy is null ? "designer.state-draft" : "designer.state-edited", StringComparer.Ordinal);
        var coming = await proposals.ComingAsync(viewer, frame.Now, ct);
        var names = await NamesAsync(viewer, [.. coming.SelectMany(p => new[] { p.ProposedBy, p.ClosedBy }).OfType<UserId>()], ct);
        var rows = coming.ToLookup(p => p.EService, p => Row(viewer, p, names, frame), StringComparer.Ordinal);
        return made.Keys.Union(rows.Select(r => r.Key)).ToDictionary(
            key => key, key => new ComingView([.. rows[key].Where(r => r.IsScheduled).OrderBy(r => r.EffectiveFrom)], [.. rows[key].Where(r => !r.IsScheduled)], made.GetValueOrDefault(key)), StringComparer.Ordinal);
    }

    /// <summary>The older one first, whichever was asked for first; null where one of the two is not there.</summary>
    public ComparisonView? Compare(Frame frame, string key, int first, int second)
    {
        var releases = catalogue.ReleasesOf(key);
        return releases.FirstOrDefault(r => r.Number == Math.Min(first, second)) is { } one && releases.FirstOrDefault(r => r.Number == Math.Max(first, second)) is { } other
            ? new ComparisonView(key, other.Bundle.Service.Id, other.Bundle.Service.Name, OutlineComparison.Of(Title(frame, one), one.Bundle, Title(frame, other), other.Bundle))
            : null;
    }

    private static string Title(Frame frame, Release release) => Words.Of("designer.release-n", frame.Language, ("n", PortalCalls.Number(release.Number)));

    // While it waits it stands beside what is in force; once it was answered, beside what it took the place of or was made from.
    private ChangeView Change(Frame frame, ReleaseProposal proposal, EServiceBundle inForce, EServiceBundle bundle)
    {
        var proposed = Words.Of("designer.proposed", frame.Language);
        if (proposal.State == ProposalState.Open) return OutlineComparison.Of(Words.Of("designer.now", frame.Language), inForce, proposed, bundle);
        var releases = catalogue.ReleasesOf(proposal.EService);
        if (releases.FirstOrDefault(r => r.From == proposal.EffectiveFrom && r.Bundle.Hash == proposal.Hash) is { } own && releases.LastOrDefault(r => r.From < own.From) is { } before)
        {
            return OutlineComparison.Of(Title(frame, before), before.Bundle, Title(frame, own), bundle);
        }

        var madeFrom = releases.LastOrDefault(r => r.Bundle.Hash == proposal.BaseHash);
        return madeFrom is null
            ? OutlineComparison.Of(Words.Of("designer.now", frame.Language), inForce, proposed, bundle)
            : OutlineComparison.Of(Words.Of("designer.made-from", frame.Language, ("release", Title(frame, madeFrom))), madeFrom.Bundle, Words.Of("designer.was-proposed", frame.Language), bundle);
    }

    private static ProposalRow Row(Viewer viewer, ReleaseProposal proposal, Func<UserId, string> names, Frame frame) => new(
        proposal.Id, proposal.Hash, proposal.ProposedBy is { } by ? names(by) : Words.Of("designer.by-build", frame.Language), proposal.ProposedAt, proposal.State, proposal.EffectiveFrom)
    {
        IsScheduled = proposal.State == ProposalState.Released && proposal.EffectiveFrom > frame.Now,
        TakesEffect = proposal.State == ProposalState.Released && proposal.EffectiveFrom > frame.Now && proposal.EffectiveFrom <= frame.Now + ReleaseProposed.HeadStart,
        ClosedBy = proposal.ClosedBy is { } closer ? names(closer) : null,
        ClosedAt = proposal.ClosedAt,
        MayCancel = PermissionTable.Allows(viewer, Permission.EditEServices) && proposal.WhyNotCancelled(frame.Now) is null,
    };

    private static TimelineEntry Entry(ReleaseEntry entry, Func<UserId, string> names)
    {
        var title = Words.Text("designer.happened." + entry.What);
        var by = entry.By is { } user ? new LocalText(names(user)) : Words.Text("designer.by-build");
        return new TimelineEntry(title, by, entry.At) { Hash = entry.Hash, Text = entry.Words };
    }

    private async Task<Func<UserId, string>> NamesAsync(Viewer viewer, IReadOnlyList<UserId> users, CancellationToken ct)
    {
        var cards = await people.PeopleAsync(viewer, users, ct);
        return user => cards.GetValueOrDefault(user)?.Name ?? "–";
    }
}
