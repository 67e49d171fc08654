using ClientConnect.Host.Portal.Texts;
using ClientConnect.Host.Spreadsheets;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>Where rows are once the good ones are lines: the others are counted as they stand in the box for pasted rows.</summary>
/// <param name="lines">How many lines the form has with the good rows.</param>
internal sealed class BoxPlaces(Tried tried, int lines)
{
    private readonly List<SheetRow> left = [.. tried.Bad.Select(r => r.Row).Prepend(tried.Heading).OfType<SheetRow>()];
    private readonly List<SheetRow> taken = [.. tried.Good.Select(r => r.Row)];

    /// <summary>"Row 2 of the box, Quantity: …"</summary>
    public string Sentence(RowFault fault, string language) =>
        Words.Of("paste.row", language, ("n", Number(fault.Row)), ("column", fault.Column is null ? "" : Words.Of("paste.column", language, ("label", fault.Column.Label.In(language))))) + Said(fault, language);

    private string Said(RowFault fault, string language) =>
        fault.Same is not { } same ? fault.Words.In(language)
        : taken.IndexOf(same) is >= 0 and var line ? Words.Of("paste.duplicate-line", language, ("n", PortalCalls.Number(lines - taken.Count + line + 1)))
        : Words.Of("paste.duplicate", language, ("n", Number(same)));

    private string Number(SheetRow row) => PortalCalls.Number(left.IndexOf(row) + 1);
}
