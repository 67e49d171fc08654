using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>A value as people read it: by its field's type, whatever the field is. What can't be read stays as it was typed.</summary>
internal static class AnswerWords
{
    /// <summary>Null where there is nothing to read.</summary>
    public static string? Of(Asked field, JsonNode? value, string language, bool withUnit = true)
    {
        if (value is null || value.GetValueKind() == JsonValueKind.Null) return null;
        var text = field.Type switch
        {
            FieldType.Choice => Label(field.Options, value, language),
            FieldType.Choices when value is JsonArray chosen => string.Join("; ", chosen.Select(c => Label(field.Options, c, language))),
            FieldType.YesNo => YesNo(value, language),
            FieldType.Declaration => value.GetValueKind() == JsonValueKind.True ? Declared(field, language) : null,
            FieldType.Date => Date(value, language),
            FieldType.Integer => Number(value, "#,##0"),
            FieldType.Money => Number(value, "#,##0." + new string('0', field.Places ?? 2)),
            FieldType.Decimal => Number(value, "#,##0." + new string('#', field.Places ?? 6)),
            _ => Plain(value, language),
        };
        return string.IsNullOrEmpty(text) ? null : withUnit && field.Unit is { } unit ? $"{text} {unit.In(language)}" : text;
    }

    /// <summary>A value of which only the JSON is known, as the register holds it.</summary>
    public static string? Plain(JsonNode? value, string language) => value switch
    {
        null => null,
        JsonObject words when words["en"].Said() is not null => words.Deserialize<LocalText>()!.In(language),
        JsonObject question when question["label"] is JsonObject label => Plain(label, language),
        JsonObject entry => string.Join(", ", entry.Select(p => Plain(p.Value, language)).Where(t => t is not null).Take(6)),
        JsonArray items => string.Join(", ", items.Select(i => Plain(i, language))),
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => YesNo(value, language),
            JsonValueKind.Number => Number(value, "#,##0.######"),
            JsonValueKind.String => Date(value, language),
            _ => null,
        },
    };

    /// <summary>What stands in a control: never formatted, so that it can be sent again as it is.</summary>
    public static string? Raw(JsonNode? value) => value switch
    {
        null or JsonArray or JsonObject => null,
        _ => value.GetValueKind() switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => value.Said() ?? value.ToJsonString(),
        },
    };

    private static string Declared(Asked field, string language) =>
        field.Statements.Count == 0 ? Words.Of("field.yes", language) : string.Join(' ', field.Statements.Select(s => s.In(language)));

    private static string Label(IReadOnlyList<FieldOption> options, JsonNode? value, string language) =>
        options.FirstOrDefault(o => o.Value == value.Said())?.Label.In(language) ?? Raw(value) ?? "";

    private static string? YesNo(JsonNode value, string language) => value.GetValueKind() switch
    {
        JsonValueKind.True => Words.Of("field.yes", language),
        JsonValueKind.False => Words.Of("field.no", language),
        _ => Raw(value),
    };

    private static string? Date(JsonNode value, string language) =>
        DateOnly.TryParseExact(value.Said(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? HongKongWords.Date(date, language) : Raw(value);

    private static string? Number(JsonNode value, string format) =>
        value.GetValueKind() == JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(format, CultureInfo.InvariantCulture)
            : Raw(value);
}
