using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Errors;

/// <summary>A page that says no, or that something broke: what happened, what became of what was typed, what to do next.</summary>
/// <param name="Status">404, 403, 409, 412, 413, 415, 422, 429, 500, 503.</param>
/// <param name="Refusal">Null where nothing was refused (500, 503, unknown address): the status's own words serve.</param>
public sealed record ErrorView(int Status, Refusal? Refusal = null)
{
    /// <summary>What changed since the viewer saw it; empty where that is not the point.</summary>
    public IReadOnlyList<DifferenceRow> Difference { get; init; } = [];

    /// <summary>Where to go on: back to the request, anew to the task.</summary>
    public (string Href, LocalText Words)? Next { get; init; }

    /// <summary>What to quote to the operator; 500 only.</summary>
    public string? Trace { get; init; }

    /// <summary>When the portal returns; 503 only.</summary>
    public Kit.Moment? Until { get; init; }
}

/// <summary>One thing that is no longer as it was shown.</summary>
public sealed record DifferenceRow(LocalText What, string? Was, string? Is);
