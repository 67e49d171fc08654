using ClientConnect.Host.Portal.Home;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.EServices;

/// <summary>All eServices that the viewer's memberships may use.</summary>
public sealed record CatalogueView(IReadOnlyList<CatalogueGroup> Groups)
{
    /// <summary>What was searched for.</summary>
    public string? Search { get; init; }
}

/// <summary>About one eService, with the button that starts a request.</summary>
/// <param name="ActFor">The memberships that the viewer may act for; one is chosen where there are several.</param>
public sealed record EServiceView(CatalogueEntry Entry, HelpView Help, IReadOnlyList<OptionView> ActFor)
{
    /// <summary>Its deadlines if it were sent today.</summary>
    public IReadOnlyList<DeadlineView> Deadlines { get; init; } = [];

    /// <summary>The firm's drafts of it: going on is better than starting twice.</summary>
    public IReadOnlyList<RequestRow> Drafts { get; init; } = [];

    public FieldFault? Fault { get; init; }

    /// <summary>Its form asks which memberships the request is for: the one it begins with is only where it stands.</summary>
    public bool IsForSeveral { get; init; }
}
