using ClientConnect.Testing;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using Xunit;

namespace ClientConnect.Workflows.Tests.Access;

public sealed class PermissionTableTests
{
    [Fact]
    public void Who_may_what_is_as_agreed() =>
        Golden.Matches(PermissionTable.AsText(), "PermissionTable.golden.txt");

    [Fact]
    public void Every_permission_is_held_by_somebody()
    {
        var people = Enum.GetValues<Role>().Select(OfRole).Append(Participant(make: true)).Append(Participant(check: true)).ToList();

        Assert.All(Enum.GetValues<Permission>(), p => Assert.Contains(people, viewer => PermissionTable.Allows(viewer, p)));
    }

    [Fact]
    public void The_auditor_reads_and_changes_nothing()
    {
        var auditor = OfRole(Role.Auditor);

        Assert.All(
            Enum.GetValues<Permission>().Where(p => PermissionTable.Allows(auditor, p)),
            p => Assert.True(p == Permission.UseThePortal || p.ToString().StartsWith("View", StringComparison.Ordinal) || p.ToString().StartsWith("Read", StringComparison.Ordinal), p.ToString()));
    }

    [Fact]
    public void A_role_of_the_clearing_house_is_worth_nothing_in_a_participants_account() =>
        Assert.False(PermissionTable.Allows(OfRole(Role.Administrator) with { IsClearingHouse = false }, Permission.Operate));

    [Fact]
    public void A_participants_right_is_worth_nothing_in_the_clearing_house() =>
        Assert.False(PermissionTable.Allows(Participant(make: true) with { IsClearingHouse = true }, Permission.MakeRequests));

    private static Viewer Participant(bool make = false, bool check = false) =>
        Somebody(false) with { Rights = [new Right("*", AccessWorld.Own, false, make, check)] };

    private static Viewer OfRole(Role role) => Somebody(role != Role.DelegatedAdministrator) with { Roles = [role] };

    private static Viewer Somebody(bool isClearingHouse) =>
        new(UserId.New(), "Name", "name@example.example", new FirmId(Guid.NewGuid()), "Firm", isClearingHouse, [], 1, "en", [], [], [], []);
}
