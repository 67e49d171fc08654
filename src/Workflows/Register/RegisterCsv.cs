using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Register;

/// <summary>Entries of one kind as CSV; a column for each value that any of them has. What is fed may come back as it went out.</summary>
internal static class RegisterCsv
{
    private static readonly string[] Fixed = [ImportFormat.MembershipColumn, ImportFormat.KeyColumn, "validFrom", "validTo", "request", "line"];

    public static string Of(IReadOnlyList<DatedEntry> entries)
    {
        var names = entries.SelectMany(e => e.Entry.Values.SelectMany(v => Columns(v.Key, v.Value))).Distinct(StringComparer.Ordinal).ToList();
        return Csv.Of(Fixed.Concat(names), entries.Select(entry => Cells(entry).Concat(names.Select(name => Cell(entry.Entry.Values, name)))));
    }

    private static IEnumerable<string> Cells(DatedEntry dated) =>
    [
        dated.Entry.Membership?.Value ?? string.Empty,
        dated.Entry.Key,
        Time(dated.Entry.ValidFrom),
        dated.Until is { } until ? Time(until) : string.Empty,
        dated.Entry.Request?.ToString() ?? string.Empty,
        dated.Entry.Line?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
    ];

    private static string Time(DateTimeOffset at) => at.ToHongKong().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    // Words in other languages stand in columns of their own.
    private static IEnumerable<string> Columns(string name, JsonNode? value) =>
        IsWords(value) ? [name, .. LocalText.Languages.Skip(1).Where(l => value![l] is not null).Select(l => $"{name}.{l}")] : [name];

    private static string Cell(JsonObject values, string column)
    {
        var dot = column.LastIndexOf('.');
        if (dot > 0 && LocalText.Languages.Contains(column[(dot + 1)..]) && values[column[..dot]] is JsonObject words) return words[column[(dot + 1)..]]?.ToString() ?? string.Empty;
        return values[column] switch
        {
            null => string.Empty,
            var value when IsWords(value) => value["en"]!.ToString(),
            var value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            var value => value.ToJsonString(),
        };
    }

    private static bool IsWords(JsonNode? value) => value is JsonObject && value["en"] is JsonValue;
}
