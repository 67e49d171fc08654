using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Access;

/// <summary>The clearing house's teams; which one handles an eService stands in its folder.</summary>
public static class Teams
{
    /// <summary>In <see cref="Viewer.Teams"/>: works in every team.</summary>
    public const string All = "*";

    public static bool WorksIn(this Viewer viewer, string team) => viewer.Teams.Contains(All) || viewer.Teams.Contains(team);
}
