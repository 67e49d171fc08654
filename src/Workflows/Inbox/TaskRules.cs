using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>Who may act on a task now, and if not, why not: the same answer decides, and explains on the screen.</summary>
public static class TaskRules
{
    /// <summary>The part that whoever decides this task plays; null for kinds outside the four parts.</summary>
    public static Part? PartOf(TaskKind kind) => kind switch
    {
        TaskKind.Check => Part.Check,
        TaskKind.Correction => Part.Edit,
        TaskKind.Review => Part.Review,
        TaskKind.Approval => Part.Approve,
        TaskKind.Answer or TaskKind.Milestone or TaskKind.FollowUp => null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Work of the clearing house, which is claimed before it is decided.</summary>
    public static bool IsClearingHouse(TaskKind kind) => kind is TaskKind.Review or TaskKind.Approval or TaskKind.Milestone or TaskKind.FollowUp;

    /// <summary>Work by which something is said of a milestone: it ends with what was said, and is neither approved nor rejected.</summary>
    public static bool Reports(TaskKind kind) => kind is TaskKind.Milestone or TaskKind.Answer or TaskKind.FollowUp;

    /// <summary>Null where the viewer may decide it now; else why not.</summary>
    public static Refusal? WhyNotMe(Viewer viewer, LoadedRequest request, LoadedTask task)
    {
        if (!MaySeeTask(viewer, request, task)) return new NothingHere();
        if (!task.IsOpen) return new TaskIsClosed(task.Outcome ?? "closed", RequestAccess.MaySee(viewer, request) ? request.Status.Code() : string.Empty);
        return WhyNot(viewer, task.Kind, task.Step, request.EService, task.Membership, task.Team, request.Parts, task.ClaimedBy, task.Answers)
            ?? (task.Kind == TaskKind.Check ? RequestAccess.WhyNotForAll(request, m => viewer.MayCheck(request.EService, m)) : null);
    }

    /// <summary>The same for an open task that the viewer sees, from what a row of the inbox knows.</summary>
    internal static Refusal? WhyNot(Viewer viewer, TaskKind kind, string step, string eService, MembershipId membership, string? team, Parts parts, UserId? claimedBy, IReadOnlyList<TaskAnswer> answers)
    {
        if (WhyNotInRole(viewer, kind, eService, membership, team) is { } role) return role;
        if (PartOf(kind) is { } part && parts.OtherPartOf(viewer.User, part) is { } played) return new SamePersonOnBothSides(played);
        if (PartOf(kind) is not null && parts.HasAgreedBeside(step, viewer.User)) return new YouHaveAgreedAtAnotherStep();
        if (answers.Any(a => a.User == viewer.User.Value)) return new YouHaveAnsweredAlready();
        return claimedBy is { } claimer && claimer != viewer.User ? new SomebodyElseHasClaimedIt() : null;
    }

    /// <summary>
    /// Participants see their own firm's tasks, the clearing house its own and, as the auditor, all. What a counterparty is asked, its
    /// own people see, and not those of the firm whose request it is.
    /// </summary>
    public static bool MaySeeTask(Viewer viewer, LoadedRequest request, LoadedTask task) => task.Kind == TaskKind.Answer && !viewer.IsClearingHouse
        ? viewer.Firm == task.Firm && viewer.MayView(request.EService, task.Membership)
        : RequestAccess.MaySee(viewer, request) && (viewer.IsClearingHouse == IsClearingHouse(task.Kind) || viewer.Is(Role.Auditor));

    private static NotYoursToDo? WhyNotInRole(Viewer viewer, TaskKind kind, string eService, MembershipId membership, string? team) => kind switch
    {
        TaskKind.Check => viewer.MayCheck(eService, membership) ? null : new NotYoursToDo("not-a-checker"),
        TaskKind.Answer => viewer.MayCheck(eService, membership) ? null : new NotYoursToDo("not-a-checker"),
        TaskKind.Correction => viewer.MayMake(eService, membership) ? null : new NotYoursToDo("not-a-maker"),
        TaskKind.Review or TaskKind.Milestone or TaskKind.FollowUp => InTeam(viewer, Role.Reviewer, team) ? null : new NotYoursToDo("not-a-reviewer"),
        TaskKind.Approval => InTeam(viewer, Role.Approver, team) ? null : new NotYoursToDo("not-an-approver"),
        _ => new NotYoursToDo("not-for-people"),
    };

    private static bool InTeam(Viewer viewer, Role role, string? team) =>
        viewer.Is(role) && (team is null || viewer.Teams.Contains(Teams.All) || viewer.Teams.Contains(team));
}
