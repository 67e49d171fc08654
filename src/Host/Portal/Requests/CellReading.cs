using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Host.Spreadsheets;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>A spreadsheet's cell as if it had been typed into the form, and a value as such a cell.</summary>
internal static class CellReading
{
    private static readonly string[] DatesWithTimes = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.fff", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.fff"];

    /// <summary>The value; or the key, below <c>paste.</c>, of what is wrong with the cell before the form has seen it.</summary>
    public static (JsonNode? Value, string? Fault) Read(Asked column, string cell)
    {
        if (Formulas.IsFormula(cell)) return (null, "formula");
        if (Formulas.IsError(cell)) return (null, "formula-failed");
        var text = Formulas.Unquoted(cell);
        if (column.Type == FieldType.Date && DateTime.TryParseExact(text, DatesWithTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            return moment.TimeOfDay == TimeSpan.Zero ? (moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null) : (null, "time-of-day");
        }

        return (Value(column, text), null);
    }

    /// <summary>The value as it is read again.</summary>
    /// <param name="language">Whose words choices have; null for their codes.</param>
    public static string Write(Asked column, JsonNode? value, string? language) => value switch
    {
        JsonArray chosen => string.Join("; ", chosen.Select(c => Chosen(column, c.Said() ?? "", language))),
        null or JsonObject => "",
        _ => value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.True => language is null ? "true" : Words.Of("field.yes", language),
            System.Text.Json.JsonValueKind.False => language is null ? "false" : Words.Of("field.no", language),
            System.Text.Json.JsonValueKind.String => Chosen(column, value.Said()!, language),
            _ => AnswerWords.Raw(value) ?? "",
        },
    };

    /// <summary>An option's words where they lead back to it, else its code.</summary>
    public static string Chosen(Asked column, string code, string? language) =>
        language is not null && column.Options.FirstOrDefault(o => o.Value == code)?.Label.In(language).Trim() is { } label && !label.Contains(';', StringComparison.Ordinal) && Code(column, label) == code ? label : code;

    // People see labels, so a spreadsheet holds labels; the form keeps codes.
    private static JsonNode Value(Asked column, string text) => column.Type switch
    {
        FieldType.Choice => Code(column, text),
        FieldType.Choices => new JsonArray([.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(c => (JsonNode)Code(column, c))]),
        FieldType.YesNo or FieldType.Declaration => Says("field.yes", text) ? "true" : Says("field.no", text) ? "false" : text,
        _ => text,
    };

    private static string Code(Asked column, string text) =>
        column.Options.FirstOrDefault(o => o.Value.Equals(text, StringComparison.OrdinalIgnoreCase) || LocalText.Languages.Any(l => o.Label.In(l).Equals(text, StringComparison.OrdinalIgnoreCase)))?.Value ?? text;

    private static bool Says(string key, string text) => LocalText.Languages.Any(l => Words.Of(key, l).Equals(text, StringComparison.OrdinalIgnoreCase));
}
