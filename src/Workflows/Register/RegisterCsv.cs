using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Register;

/// <summary>Entries of one kind as CSV; a column for each value that any of them has.</summary>
internal static class RegisterCsv
{
    private static readonly string[] Fixed = ["membership", "key", "validFrom", "request", "line"];

    public static string Of(IReadOnlyList<RegisterEntry> entries)
    {
        var names = entries.SelectMany(e => e.Values.Select(v => v.Key)).Distinct(StringComparer.Ordinal).ToList();
        return Csv.Of(Fixed.Concat(names), entries.Select(entry => Cells(entry).Concat(names.Select(name => Cell(entry.Values[name])))));
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
}
