using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>Who sees a request and who may work on it; what a viewer may not see does not exist for it.</summary>
public static class RequestAccess
{
    /// <summary>
    /// A firm's people by their rights, drafts only by its makers; the clearing house's from the moment the firm's checker has sent
    /// it; the auditor from the first send to the checker.
    /// </summary>
    public static bool MaySee(Viewer viewer, LoadedRequest request)
    {
        if (viewer.IsClearingHouse) return viewer.SeesAllRequests && HasReachedTheHouse(viewer, request.SubmittedAt, request.IsDraft);

        return viewer.Firm == request.Firm && (request.IsDraft
            ? viewer.MayMake(request.EService, request.Membership.Id)
            : viewer.MayView(request.EService, request.Membership.Id));
    }

    /// <summary>
    /// Who follows a request's course through its flow (where it stands, what happened when, by whom): analysts, from the same moment
    /// on as the clearing house's other people, whether or not they may read what it says.
    /// </summary>
    public static bool MayFollow(Viewer viewer, DateTimeOffset? submittedAt, bool isDraft) =>
        viewer.IsClearingHouse && PermissionTable.Allows(viewer, Permission.EditEServices) && HasReachedTheHouse(viewer, submittedAt, isDraft);

    private static bool HasReachedTheHouse(Viewer viewer, DateTimeOffset? submittedAt, bool isDraft) =>
        submittedAt is not null || (viewer.Is(Role.Auditor) && !isDraft);

    /// <summary>Null where the viewer may fill in or send this request; else why not.</summary>
    public static Refusal? WhyNotEdit(Viewer viewer, LoadedRequest request)
    {
        if (!MaySee(viewer, request)) return new NothingHere();
        if (!viewer.MayMake(request.EService, request.Membership.Id)) return new NotYoursToDo("not-a-maker");
        if (!request.IsWithItsMakers) return new RequestHasMovedOn(request.Status);
        return request.Parts.OtherPartOf(viewer.User, Part.Edit) is { } played ? new SamePersonOnBothSides(played) : null;
    }

    /// <summary>Null where the viewer has the right for every membership that the request names beside its own; else why not.</summary>
    /// <param name="may">The right that is asked for.</param>
    public static Refusal? WhyNotForAll(LoadedRequest request, Func<MembershipId, bool> may)
    {
        if (!EServices.Memberships.AreNamed(request.Bundle.Form)) return null;
        var ofFirm = EServices.Memberships.Read(request.Facts.GetValueOrDefault("memberships"));
        var missing = EServices.Memberships.Named(request.Bundle.Form, request.CurrentAnswers).Where(m => !may(m)).Select(m => ofFirm.FirstOrDefault(o => o.Id == m) is { } own ? EServices.Memberships.Name(own) : m.Value).ToList();
        return missing.Count == 0 ? null : new NotYoursForAllMemberships(string.Join(", ", missing));
    }

    /// <summary>Null where the viewer may take this request back; else why not.</summary>
    public static Refusal? WhyNotWithdraw(Viewer viewer, LoadedRequest request)
    {
        if (!MaySee(viewer, request)) return new NothingHere();
        if (viewer.IsClearingHouse) return new NotYoursToDo("not-your-request");
        if (!viewer.MayMake(request.EService, request.Membership.Id) && !viewer.MayCheck(request.EService, request.Membership.Id))
        {
            return new NotYoursToDo("not-a-maker");
        }

        return request.Bundle.Service.Withdrawal is { } rule && rule.While.Contains(StandsFor(request).Code()) ? null : new RequestHasMovedOn(request.Status);
    }

    /// <summary>What rules of withdrawal see: what came back in part is taken back as what came back as a whole, and what is decided stands.</summary>
    internal static RequestStatus StandsFor(LoadedRequest request) => request.CameBackInPart ? RequestStatus.ReturnedByHkex : request.Status;

    /// <summary>
    /// Null where the viewer may write a message on this request; else why not. Both sides write from the moment on from which both see
    /// it, also when it has ended.
    /// </summary>
    public static Refusal? WhyNotWrite(Viewer viewer, LoadedRequest request)
    {
        if (!MaySee(viewer, request)) return new NothingHere();
        if (request.SubmittedAt is null) return new NotWithTheClearingHouseYet();
        if (viewer.IsClearingHouse) return PermissionTable.Allows(viewer, Permission.WriteMessages) && !viewer.Is(Role.Auditor) ? null : new NotYoursToDo("reads-only");
        return viewer.MayMake(request.EService, request.Membership.Id) || viewer.MayCheck(request.EService, request.Membership.Id) ? null : new NotYoursToDo("views-only");
    }

    /// <summary>What this viewer reads: makers their draft while there is one, everybody else what was sent.</summary>
    public static LoadedRequest AsSeenBy(this LoadedRequest request, Viewer viewer) =>
        !viewer.IsClearingHouse && viewer.MayMake(request.EService, request.Membership.Id) ? request : request with { Draft = null, Left = null };
}
