using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Kit;

/// <summary>The filters of a list: what is chosen stands as chips that can be taken away; the address holds all of it.</summary>
/// <param name="Action">The list's own address without a query.</param>
/// <param name="Search">What was searched for; null where the list has no search.</param>
public sealed record FilterView(string Action, string? Search, IReadOnlyList<FilterGroup> Groups, IReadOnlyList<FilterChip> Chips)
{
    /// <summary>What can be searched for: "Number, stock code or your reference"; null where the word alone says it.</summary>
    public LocalText? SearchHint { get; init; }

    /// <summary>Of the query, what the filter form must keep (<c>view</c>, <c>sort</c>).</summary>
    public IReadOnlyList<(string Name, string Value)> Keep { get; init; } = [];
}

/// <summary>One thing to filter by: checkboxes up to six options, else a list to choose one from.</summary>
public sealed record FilterGroup(string Name, LocalText Label, IReadOnlyList<FilterOption> Options);

/// <summary>One option of a filter.</summary>
/// <param name="Count">How many of the whole list it would leave; null where not counted.</param>
public sealed record FilterOption(string Value, LocalText Label, bool IsChosen, int? Count = null);

/// <summary>A chosen filter.</summary>
/// <param name="RemoveHref">The same list without it.</param>
public sealed record FilterChip(LocalText Label, string RemoveHref);

/// <summary>A saved view of a list, or a tab.</summary>
public sealed record TabView(LocalText Label, string Href, bool IsCurrent, int? Count = null);

/// <summary>Which page of how many.</summary>
/// <param name="Href">The list's address with its filters, ready for <c>&amp;page=2</c>.</param>
public sealed record PageOfMany(int Page, int Pages, int Total, string Href)
{
    public static readonly PageOfMany Only = new(1, 1, 0, "?");

    public string To(int page) => Href + (Href.Contains('?', StringComparison.Ordinal) ? "&page=" : "?page=") + page.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A column of a table.</summary>
public sealed record Column(string Title, bool IsNumber = false, bool IsHidden = false);

/// <summary>One entry of a timeline, newest first.</summary>
/// <param name="Title">What happened, in words: "Returned for correction".</param>
/// <param name="By">The role for participants, the name and role for staff.</param>
public sealed record TimelineEntry(LocalText Title, LocalText By, Moment At)
{
    public string? Text { get; init; }

    public IReadOnlyList<FileView> Files { get; init; } = [];

    /// <summary>Remarks per field that came with a return.</summary>
    public IReadOnlyList<(LocalText Field, string Text)> Remarks { get; init; } = [];

    /// <summary>The entry's hash in the audit chain; shown to staff, shortened.</summary>
    public string? Hash { get; init; }
}

/// <summary>A status and in whose words it is said.</summary>
/// <param name="Code">One of the closed list, in camelCase: <c>pendingChecker</c>.</param>
public sealed record StatusView(string Code);
