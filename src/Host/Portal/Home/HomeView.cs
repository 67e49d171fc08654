using ClientConnect.Host.Portal.Inbox;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Home;

/// <summary>What waits for the viewer, how the firm's requests stand, and what can be begun.</summary>
public sealed record HomeView(IReadOnlyList<TaskRow> Tasks, IReadOnlyList<RequestRow> Requests)
{
    public int TasksInAll { get; init; }

    public int RequestsInAll { get; init; }

    /// <summary>The firm's drafts that the viewer may go on with, the one last worked on first.</summary>
    public IReadOnlyList<RequestRow> Drafts { get; init; } = [];

    /// <summary>Cut to the viewer's memberships and rights; empty for the clearing house.</summary>
    public IReadOnlyList<CatalogueGroup> Catalogue { get; init; } = [];

    public IReadOnlyList<CutOffRow> CutOffs { get; init; } = [];

    public IReadOnlyList<NoticeRow> Notices { get; init; } = [];

    /// <summary>The firm's counts by status, as tiles: "3 with your checker".</summary>
    public IReadOnlyList<TabView> Counts { get; init; } = [];
}

/// <summary>eServices of one category.</summary>
public sealed record CatalogueGroup(LocalText Title, IReadOnlyList<CatalogueEntry> Entries);

/// <summary>One eService in the catalogue.</summary>
/// <param name="Reference">"Set 1".</param>
/// <param name="MayMake">False for those who may only view or check: no start button.</param>
public sealed record CatalogueEntry(string Key, string Reference, LocalText Name, LocalText Summary, IReadOnlyList<string> ClearingHouses, bool MayMake = true)
{
    public string Href => "/catalogue/" + Key;
}

/// <summary>A cut-off that comes next.</summary>
public sealed record CutOffRow(LocalText Label, string Reference, Moment At, string? Href = null, bool IsVerified = true)
{
    /// <summary>The cut-off has passed, and until then what comes is taken as late; null while there is time.</summary>
    public Moment? LateUntil { get; init; }
}

/// <summary>A notice on screen.</summary>
public sealed record NoticeRow(string Id, LocalText Title, LocalText Text, Moment At, bool IsRead, string? Href = null);
