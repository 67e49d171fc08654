using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Changes;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Designer;

/// <summary>The pages before something that can't be undone: each says what will happen, and to what.</summary>
internal sealed class ReleaseQuestions(Catalogue catalogue, ReleaseDrafts drafts, ReleaseProposals proposals, RunningRequests running, FirmDirectory people)
{
    /// <summary>Changes that are told one by one before they are lost.</summary>
    private const int MostTold = 8;

    /// <summary>The page before a draft is thrown away; null where there is none.</summary>
    public async Task<InterruptionView?> RemovalAsync(Viewer viewer, Frame frame, string key, CancellationToken ct)
    {
        if (await drafts.FindAsync(viewer, key, ct) is not { } draft || catalogue.InForce(key, frame.Now) is not { } inForce) return null;
        var cards = await people.PeopleAsync(viewer, [.. draft.Editors, draft.SavedBy], ct);
        string Name(UserId user) => cards.GetValueOrDefault(user)?.Name ?? "–";
        var whose = PortalCalls.Texts(language => Words.Of(
            draft.Editors.Count == 0 ? "designer.discard-unchanged" : draft.IsAsBegun ? "designer.discard-brought-back" : "designer.discard-whose", language,
            ("name", inForce.Service.Name.In(language)), ("names", string.Join(", ", draft.Editors.Select(Name))), ("moment", HongKongWords.DateAndTime(draft.SavedAt, language))));
        var isProposed = (await proposals.OfAsync(viewer, key, ct)).Any(p => p.State == ProposalState.Open && p.ProposedBy is not null);
        return new InterruptionView(
            Words.Text("designer.discard-title"),
            [whose, .. draft.Editors.Count == 0 || draft.IsAsBegun ? [] : Lost(draft, inForce), Words.Text(isProposed ? "designer.discard-proposed" : "designer.discard-kept"), Words.Text("designer.discard-for-good")],
            $"/designer/{key}/draft/removal", Words.Text("designer.discard-go"), $"/designer/{key}/draft")
        {
            Current = "designer",
        };
    }

    /// <summary>The page before a release; null where there is no such proposal, refused where it can't be released.</summary>
    /// <param name="moment">When it would come into force, and as it was typed.</param>
    public async Task<Result<InterruptionView>?> ReleaseAsync(Viewer viewer, Frame frame, Guid id, ChosenMoment moment, CancellationToken ct)
    {
        if (await proposals.FindAsync(viewer, id, ct) is not { } proposal || catalogue.InForce(proposal.EService, frame.Now) is not { } inForce) return null;
        if (proposal.WhyNotBy(viewer) is { } no) return no;
        var reading = await proposals.CheckAsync(viewer, proposal, ct);
        if (reading.Bundle is not { } bundle) return new ReleaseIsAtFault(reading.Faults);
        var releases = catalogue.ReleasesOf(proposal.EService);
        if (moment.From < frame.Now || releases.Any(r => r.From == moment.From)) return new MomentCannotBeChosen();

        var counts = (await running.OfAsync(viewer, ct)).Where(c => c.EService == proposal.EService).ToList();
        return new InterruptionView(
            Words.Text("designer.release-title"),
            [
                Beginning(frame, proposal.EService, bundle, moment.From), .. After(releases, moment.From ?? frame.Now), Kept(releases, counts),
                Words.Text("designer.release-drafts"), Words.Text(moment.From is null ? "designer.release-final" : "designer.release-cancellable"),
            ],
            $"/designer/proposals/{id}/release", Words.Text(moment.From is null ? "designer.release-yes-now" : "designer.release-yes-then"), $"/designer/proposals/{id}")
        {
            Hidden = [("date", moment.Date), ("time", moment.Time)],
            Current = "designer",
        };
    }

    /// <summary>The page before a release is cancelled: what that means, and why; null where there is no such proposal.</summary>
    public async Task<Result<InterruptionView>?> CancellationAsync(Viewer viewer, Frame frame, Guid id, IReadOnlyList<FieldFault> wrong, IFormCollection? typed, CancellationToken ct)
    {
        if (await proposals.FindAsync(viewer, id, ct) is not { } proposal || catalogue.InForce(proposal.EService, frame.Now) is not { } inForce) return null;
        if (proposal.WhyNotCancelled(frame.Now) is { } no) return no;
        var moment = PortalCalls.Texts(language => Words.Of("designer.cancel-never", language, ("name", inForce.Service.Name.In(language)), ("moment", HongKongWords.DateAndTime(proposal.EffectiveFrom!.Value, language))));
        return new InterruptionView(
            Words.Text("designer.cancel-title"), [moment, Words.Text("designer.cancel-draft"), Words.Text("designer.cancel-told")], $"/designer/proposals/{id}/cancellation", Words.Text("designer.cancel-go"), $"/designer/proposals/{id}")
        {
            Fields = [ReleaseFields.Of("reason", FieldKind.LongText, wrong, typed is null ? null : name => typed[name]) with { MaxLength = CancelRelease.MaxReason }],
            Faults = wrong,
            Current = "designer",
        };
    }

    // What would be gone: each change in its sentence, as the draft's own page tells it.
    private IEnumerable<LocalText> Lost(ReleaseDraft draft, EServiceBundle inForce)
    {
        if (drafts.Check(draft).Bundle is not { } bundle) return [Words.Text("designer.discard-unreadable")];
        var made = catalogue.ByHash(draft.BaseHash) ?? inForce;
        var changes = ReleaseDifference.Between(made, bundle).Changes;
        return
        [
            .. changes.Take(MostTold).Select(c => PortalCalls.Texts(language => Words.Of("designer.discard-lost", language, ("change", c.Words)))),
            .. changes.Count > MostTold ? [PortalCalls.Texts(language => Words.Of("designer.discard-more", language, ("n", PortalCalls.Number(changes.Count - MostTold))))] : Array.Empty<LocalText>(),
        ];
    }

    private LocalText Beginning(Frame frame, string key, EServiceBundle bundle, DateTimeOffset? from)
    {
        var before = catalogue.ReleaseInForce(key, from ?? frame.Now)!.Number;
        return PortalCalls.Texts(language => Words.Of(
            from is null ? "designer.release-now" : "designer.release-then", language, ("name", bundle.Service.Name.In(language)),
            ("moment", from is { } then ? HongKongWords.DateAndTime(then, language) : ""), ("before", Words.Of("designer.release-n", language, ("n", PortalCalls.Number(before))))));
    }

    // What is scheduled for later takes its place again.
    private static IEnumerable<LocalText> After(IReadOnlyList<Release> releases, DateTimeOffset from) => releases.Where(r => r.From > from).OrderBy(r => r.From).Take(1).Select(next => PortalCalls.Texts(
        language => Words.Of("designer.release-until", language, ("moment", HongKongWords.DateAndTime(next.From, language)))));

    private static LocalText Kept(IReadOnlyList<Release> releases, List<RunningCount> counts)
    {
        if (counts.Count == 0) return Words.Text("designer.release-none-running");
        var by = counts.Select(c => (c.Requests, releases.FirstOrDefault(r => r.Bundle.Hash == c.Release)?.Number)).OrderBy(c => c.Number).ToList();
        return PortalCalls.Texts(language => Words.Of("designer.release-running", language, ("kept", string.Join(", ", by.Select(c => Words.Of(
            "designer.release-running-by", language, ("n", PortalCalls.Number(c.Requests)), ("release", c.Number is { } n ? Words.Of("designer.release-n", language, ("n", PortalCalls.Number(n))) : "–")))))));
    }
}
