using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Designer;

/// <summary>All eServices as analysts see them: what is in force, and what runs.</summary>
public sealed record DesignerView(IReadOnlyList<DesignerRow> EServices)
{
    /// <summary>What comes next for an eService, by its key; none where nothing does.</summary>
    public IReadOnlyDictionary<string, ComingView> Coming { get; init; } = new Dictionary<string, ComingView>();
}

/// <summary>One eService.</summary>
/// <param name="Id">As the market knows it: "Set 1".</param>
/// <param name="Running">Requests under way, by whatever release.</param>
public sealed record DesignerRow(string Key, string Id, LocalText Name, ReleaseView InForce, int Running);

/// <summary>One release.</summary>
/// <param name="Since">Null for the one that the portal began with.</param>
/// <param name="Running">Requests under way by this release.</param>
public sealed record ReleaseView(int Number, string Hash, DateTimeOffset? Since, int Running, bool IsInForce)
{
    /// <summary>Enough of the hash to tell releases apart.</summary>
    public string Short => Hash[..12];
}

/// <summary>One eService's flow by one of its releases, in words.</summary>
/// <param name="Shown">The release that is told; the others stand in <paramref name="Releases"/>.</param>
/// <param name="Steps">How many steps the flow has.</param>
public sealed record FlowView(string Key, string Id, LocalText Name, ReleaseView Shown, IReadOnlyList<ReleaseView> Releases, int Steps, IReadOnlyList<OutlineLine> Outline)
{
    /// <summary>The drawing is for analysts.</summary>
    public bool MayDraw { get; init; }

    /// <summary>Null where only the flow is told: beside its drawing.</summary>
    public NextReleaseView? Next { get; init; }

    /// <summary>Null where only the flow is told, and for whom runs are closed.</summary>
    public RunList? Runs { get; init; }
}

/// <summary>Elsa Studio within a page.</summary>
/// <param name="Api">The whole address of the API that Studio speaks to.</param>
/// <param name="IsHere">False where the host has no Studio to show.</param>
/// <param name="About">The header by which Studio's calls say what the page is about: an eService, or one release of it.</param>
public sealed record StudioView(string Api, bool IsHere, string About);

/// <summary>The page that holds Studio's editor.</summary>
/// <param name="Draft">What is drawn, where it is no release.</param>
public sealed record CanvasView(FlowView Flow, StudioView Studio, DraftView? Draft);
