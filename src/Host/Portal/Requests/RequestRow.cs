using ClientConnect.Host.Portal.Kit;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>A request in a list.</summary>
public sealed record RequestRow(RequestHead Head, Moment Changed)
{
    public string? ClientReference { get; init; }

    public int? Lines { get; init; }

    public string? Maker { get; init; }

    /// <summary>Messages of the other side that the viewer has not seen.</summary>
    public int NewMessages { get; init; }

    /// <summary>Opens the form for a draft, the tracker for all else.</summary>
    public string Href => Head.Status == "draft" ? Head.Href + "/form" : Head.Href;
}
