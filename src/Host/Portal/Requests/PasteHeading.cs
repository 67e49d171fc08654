using ClientConnect.Host.Portal.Texts;
using ClientConnect.Host.Spreadsheets;
using ClientConnect.Workflows.Kernel;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>What is wrong with a heading.</summary>
/// <param name="Code">The words' key below <c>paste.</c>.</param>
internal sealed record HeadingFault(string Code, string Heading)
{
    public LocalText Words => PortalCalls.Texts(l => Texts.Words.Of("paste." + Code, l, ("column", Heading)));
}

/// <summary>A first row that names its columns, in any of the three languages, in any order.</summary>
/// <param name="Columns">By the cell's place; null for columns that the portal works out itself, and for what was wrong last time.</param>
/// <param name="Wrong">Headings that are no columns, or a column's second time: no row is tried then.</param>
internal sealed record PasteHeading(IReadOnlyList<Asked?> Columns, IReadOnlyList<HeadingFault> Wrong)
{
    /// <summary>The words' key of the column that says what to correct.</summary>
    public const string Why = "sheet.why";

    private const int Enough = 2;

    /// <summary>Null where the row is a row like the others: fewer than two of its cells are names of columns.</summary>
    public static PasteHeading? In(Asked lines, SheetRow row)
    {
        var typed = Pasting.Columns(lines);
        var found = row.Cells.Select(cell => Called(lines, Formulas.Unquoted(cell))).ToList();
        if (found.Count(f => f is not null) < Math.Min(Enough, typed.Count)) return null;
        var columns = found.Select(f => f is not null && typed.Contains(f) ? f : null).ToList();
        var unknown = row.Cells.Where((cell, i) => cell.Length > 0 && found[i] is null && !SaysWhy(cell)).Select(cell => new HeadingFault("unknown-column", cell));
        var twice = row.Cells.Where((_, i) => columns[i] is { } column && columns.IndexOf(column) < i).Select(cell => new HeadingFault("same-column", cell));
        return new PasteHeading(columns, [.. unknown, .. twice]);
    }

    /// <summary>A column's heading: its label where that leads back to it, else its name.</summary>
    /// <param name="language">Null for the names of all.</param>
    public static string Of(Asked lines, Asked column, string? language) => language is not null && Called(lines, column.Label.In(language)) == column ? column.Label.In(language) : column.Name;

    /// <summary>The heading of what was wrong last time.</summary>
    public static bool SaysWhy(string cell) => LocalText.Languages.Any(l => Words.Of(Why, l).Equals(cell, StringComparison.OrdinalIgnoreCase));

    // What people type into comes first: what is looked up by it is often called the same.
    private static Asked? Called(Asked lines, string heading) =>
        Pasting.Columns(lines).Concat(lines.Columns).FirstOrDefault(c => IsCalled(c, heading));

    private static bool IsCalled(Asked column, string cell) =>
        LocalText.Languages.Select(column.Label.In).Append(column.Name).Any(name => name.Equals(cell, StringComparison.OrdinalIgnoreCase));
}
