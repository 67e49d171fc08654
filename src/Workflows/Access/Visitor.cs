namespace ClientConnect.Workflows.Access;

/// <summary>Where an attempt to sign in comes from.</summary>
/// <param name="Address">Network address as the trusted proxy or the connection tells it; null where unknown.</param>
/// <param name="Device">For the list of sessions: <c>Firefox on Linux</c>; null where the browser did not say.</param>
public sealed record Visitor(string? Address, string? Device)
{
    public static readonly Visitor Unknown = new(null, null);
}
