using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Access;

/// <summary>Nobody disables the account that they are signed in with: the last administrator would be gone.</summary>
public sealed record OwnAccountCannotBeDisabled() : Refusal(RefusalKind.Conflict);

/// <summary>Whose accounts a viewer administers: a delegated administrator the own firm's, the clearing house's administrator everybody's.</summary>
internal static class UserAdministration
{
    public static bool MayAdminister(this Viewer viewer, FirmId firm) =>
        PermissionTable.Allows(viewer, Permission.ManageUsers) && (viewer.IsClearingHouse || viewer.Firm == firm);
}
