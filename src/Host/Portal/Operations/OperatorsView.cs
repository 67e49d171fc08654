using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Operations;

/// <summary>All promises that are not being kept just now, each with the way to try again.</summary>
public sealed record OperatorsView(IReadOnlyList<OperatorsSection> Sections)
{
    /// <summary>What is fine is said too: "Sweep: 0.4 s ago".</summary>
    public IReadOnlyList<(LocalText Label, string Value, bool IsWell)> Signs { get; init; } = [];

    /// <summary>The jobs' dashboard is for who runs the portal.</summary>
    public bool ShowsJobs { get; init; }
}

/// <summary>One kind of unkept promise.</summary>
/// <param name="Key">Text key below <c>operators.</c>: <c>overdue</c>, <c>unsent</c>, <c>parked</c>, <c>failed</c>, <c>bundles</c>.</param>
public sealed record OperatorsSection(string Key, IReadOnlyList<OperatorsRow> Rows);

/// <summary>One of them.</summary>
/// <param name="What">"Deadline cutOff of SET1-20261123-00017".</param>
/// <param name="TryAgain">The address that the button posts to; null where only a person can mend it.</param>
public sealed record OperatorsRow(string What, string? Detail, Moment Since, string? Href = null, string? TryAgain = null, int? Attempts = null);
