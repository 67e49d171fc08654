using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Register;

/// <summary>
/// Entries of one kind as CSV (RFC 4180). A cell that a spreadsheet would run as a formula begins with an apostrophe: what a
/// participant typed must not act on the desk of whoever opens the file.
/// </summary>
internal static class RegisterCsv
{
    private static readonly string[] Fixed = ["membership", "key", "validFrom", "request", "line"];

    public static string Of(IReadOnlyList<RegisterEntry> entries)
    {
        var names = entries.SelectMany(e => e.Values.Select(v => v.Key)).Distinct(StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        Row(text, Fixed.Concat(names));
        foreach (var entry in entries)
        {
            Row(text, Cells(entry).Concat(names.Select(name => Cell(entry.Values[name]))));
        }

        return text.ToString();
    }

    private static IEnumerable<string> Cells(RegisterEntry entry) =>
    [
        entry.Membership?.Value ?? string.Empty,
        entry.Key,
        entry.ValidFrom.ToHongKong().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        entry.Request?.ToString() ?? string.Empty,
        entry.Line?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
    ];

    private static string Cell(JsonNode? value) => value?.GetValueKind() switch
    {
        null => string.Empty,
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Object when value["en"] is JsonValue words => words.ToString(),
        _ => value.ToJsonString(),
    };

    private static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(',', cells.Select(cell => Quoted(Harmless(cell)))).Append("\r\n");

    // A number keeps its minus sign; everything else that begins like a formula is text.
    private static string Harmless(string cell) =>
        cell.TrimStart().Length > 0 && "=+-@\t\r".Contains(cell.TrimStart(' ')[0], StringComparison.Ordinal)
        && !decimal.TryParse(cell, NumberStyles.Number, CultureInfo.InvariantCulture, out _)
            ? $"'{cell}"
            : cell;

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
