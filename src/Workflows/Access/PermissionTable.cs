using System.Collections.Frozen;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Access;

/// <summary>
/// Who may what: the one table of it. Closed by default: a permission without a row is nobody's, and roles of the clearing
/// house count only for its own people, rights only for participants'.
/// </summary>
public static class PermissionTable
{
    private static readonly Holders Everybody = new([], OfParticipants: _ => true, EveryRole: true);

    private static readonly FrozenDictionary<Permission, Holders> Table = new Dictionary<Permission, Holders>
    {
        [Permission.UseThePortal] = Everybody,
        [Permission.ViewRequests] = new([Role.Reviewer, Role.Approver, Role.Supervisor, Role.Auditor], Any),
        [Permission.MakeRequests] = new([], Makes),
        [Permission.CheckRequests] = new([], Checks),
        [Permission.WithdrawRequests] = new([], r => Makes(r) || Checks(r)),
        [Permission.Review] = new([Role.Reviewer]),
        [Permission.Approve] = new([Role.Approver]),
        [Permission.ViewInbox] = new([Role.Reviewer, Role.Approver, Role.Supervisor], r => Makes(r) || Checks(r)),
        [Permission.DecideTasks] = new([Role.Reviewer, Role.Approver], Checks),
        [Permission.Reassign] = new([Role.Supervisor]),
        [Permission.ViewRegister] = new([Role.Reviewer, Role.Approver, Role.Supervisor, Role.Auditor], Any),
        [Permission.ReadRegister] = new([Role.Reviewer, Role.Approver, Role.Supervisor, Role.Auditor]),
        [Permission.ImportRegister] = new([Role.Supervisor]),
        [Permission.Download] = new([], Any),
        [Permission.ViewPublications] = new([Role.Reviewer, Role.Approver, Role.Supervisor, Role.Auditor]),
        [Permission.PublishFiles] = new([Role.Reviewer, Role.Approver]),
        [Permission.RunActivities] = new([Role.Reviewer, Role.Supervisor]),
        [Permission.ViewOperations] = new([Role.Administrator, Role.Supervisor, Role.Auditor]),
        [Permission.Operate] = new([Role.Administrator]),
        [Permission.ReadAudit] = new([Role.Auditor, Role.Supervisor]),
        [Permission.ReadSecurityLog] = new([Role.Auditor, Role.Administrator]),
        [Permission.ViewEServices] = new([Role.Analyst, Role.Auditor]),
        [Permission.EditEServices] = new([Role.Analyst]),
        [Permission.ManageUsers] = new([Role.Administrator, Role.DelegatedAdministrator]),
    }.ToFrozenDictionary();

    /// <summary>Roles of participants' people; all others are the clearing house's.</summary>
    private static readonly Role[] ParticipantRoles = [Role.DelegatedAdministrator];

    public static bool Allows(Viewer viewer, Permission permission) =>
        Table.TryGetValue(permission, out var holders)
        && (holders.EveryRole
            || viewer.Roles.Any(role => holders.Roles.Contains(role) && ParticipantRoles.Contains(role) != viewer.IsClearingHouse)
            || (!viewer.IsClearingHouse && holders.OfParticipants is { } has && viewer.Rights.Any(has)));

    /// <summary>The roles that hold a permission; rights of participants' people are none.</summary>
    internal static IReadOnlyList<Role> RolesWith(Permission permission) => Table.GetValueOrDefault(permission)?.Roles ?? [];

    /// <summary>The table as text, one permission a line, for the people who have to agree with it.</summary>
    public static string AsText() => string.Concat(Table.OrderBy(row => row.Key).Select(row => $"{row.Key}: {row.Value}\n"));

    private static bool Any(Right right) => right.MayView || Makes(right) || Checks(right);

    private static bool Makes(Right right) => right.MayMake;

    private static bool Checks(Right right) => right.MayCheck;

    /// <param name="Roles">Roles that hold the permission.</param>
    /// <param name="OfParticipants">Which right of a participant's user gives it; null for none.</param>
    private sealed record Holders(Role[] Roles, Func<Right, bool>? OfParticipants = null, bool EveryRole = false)
    {
        public override string ToString() => EveryRole ? "everybody signed in" : string.Join(", ", Roles.Select(r => r.ToString()).Concat(Rights()));

        private IEnumerable<string> Rights()
        {
            var membership = new MembershipId(string.Empty);
            if (OfParticipants is not { } has) yield break;
            if (has(new Right("*", membership, true, false, false))) yield return "view right";
            if (has(new Right("*", membership, false, true, false))) yield return "make right";
            if (has(new Right("*", membership, false, false, true))) yield return "check right";
        }
    }
}
