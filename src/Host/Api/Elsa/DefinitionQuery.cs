using System.Globalization;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>Which releases are meant, as Elsa's clients say it: <c>Latest</c>, <c>AllVersions</c>, a number.</summary>
/// <param name="Number">Null where no single one is meant.</param>
internal sealed record VersionChoice(string Words, int? Number)
{
    public const string Latest = "Latest";

    private const string Every = "AllVersions";

    public static readonly VersionChoice All = new(Every, null);

    private static readonly string[] Known = [Latest, "Published", "LatestOrPublished", "LatestAndPublished", "Draft", Every];

    /// <summary>Null where nobody knows what is meant; nothing means all.</summary>
    public static VersionChoice? Read(string? text)
    {
        if (string.IsNullOrEmpty(text)) return All;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return new VersionChoice(text, number);
        return Known.FirstOrDefault(known => string.Equals(known, text, StringComparison.OrdinalIgnoreCase)) is { } words ? new VersionChoice(words, null) : null;
    }

    public bool Takes(DefinitionVersion version) => Number is { } number ? version.Number == number : Words switch
    {
        Every => true,
        Latest => version.IsLatest,
        "Published" => version.IsPublished,
        "Draft" => version.IsDraft,
        "LatestAndPublished" => version is { IsLatest: true, IsPublished: true },
        _ => version.IsLatest || version.IsPublished,
    };
}

/// <summary>What a list of definitions is cut to and how it is sorted; Elsa's names for it.</summary>
internal sealed record DefinitionQuery(VersionChoice Versions)
{
    private const int MostOnPage = 1000;

    public IReadOnlyList<string> DefinitionIds { get; init; } = [];

    public IReadOnlyList<string> Ids { get; init; } = [];

    public string? Search { get; init; }

    /// <summary>Ours are none of Elsa's own.</summary>
    public bool SystemOnly { get; init; }

    public string OrderBy { get; init; } = "Name";

    public bool Descending { get; init; }

    /// <summary>From 0.</summary>
    public int Page { get; init; }

    public int PageSize { get; init; } = MostOnPage;

    public static DefinitionQuery AllOf(string id) => new(VersionChoice.All) { DefinitionIds = [id], OrderBy = "Version", Descending = true };

    /// <summary>Null where it asks for versions that nobody knows. What can't be read otherwise counts as not said.</summary>
    public static DefinitionQuery? Read(IQueryCollection query) => VersionChoice.Read(query["versionOptions"]) is not { } versions ? null : new DefinitionQuery(versions)
    {
        DefinitionIds = Several(query["DefinitionIds"]),
        Ids = Several(query["Ids"]),
        Search = query["SearchTerm"].ToString().Trim() is { Length: > 0 } words ? words : null,
        SystemOnly = string.Equals(query["IsSystem"], "true", StringComparison.OrdinalIgnoreCase),
        OrderBy = query["OrderBy"].ToString(),
        Descending = string.Equals(query["OrderDirection"], "Descending", StringComparison.OrdinalIgnoreCase),
        Page = Math.Max(0, Number(query["Page"]) ?? 0),
        PageSize = Math.Clamp(Number(query["PageSize"]) ?? MostOnPage, 1, MostOnPage),
    };

    private static string[] Several(IEnumerable<string?> values) => [.. values.SelectMany(v => (v ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
