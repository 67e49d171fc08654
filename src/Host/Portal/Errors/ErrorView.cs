using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Errors;

/// <summary>A page that says no, or that something broke: what happened, what became of what was typed, what to do next.</summary>
/// <param name="Status">400, 404, 403, 409, 412, 413, 415, 422, 429, 500, 503.</param>
/// <param name="Refusal">Null where nothing was refused (500, 503, unknown address): the status's own words serve.</param>
public sealed record ErrorView(int Status, Refusal? Refusal = null)
{
    /// <summary>What was typed and could not be recorded, to be copied; null where nothing was.</summary>
    public string? Typed { get; init; }

    /// <summary>Where to go on: back to the request, anew to the task.</summary>
    public (string Href, LocalText Words)? Next { get; init; }

    /// <summary>What to quote to the operator, and what the log has; 500 only.</summary>
    public string? Trace { get; init; }

    /// <summary>When a planned maintenance ends; null where none is under way.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>In how many seconds it is worth trying again; 503 only.</summary>
    public int? AgainInSeconds { get; init; }
}

/// <summary>One thing that is no longer as it was shown.</summary>
/// <param name="Was">Null where there was nothing.</param>
public sealed record DifferenceRow(LocalText What, string? Was, string? Is)
{
    /// <summary>The place on the page that shows it; null where it is on none.</summary>
    public string? Href { get; init; }
}
