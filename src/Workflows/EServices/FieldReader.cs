using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>What became of something typed: a value of the field's type, or the code of what is wrong with it.</summary>
/// <param name="Limit">The limit that was passed, for the words of the fault; null where there is none.</param>
internal readonly record struct FieldReading(JsonNode? Value, string? Code = null, object? Limit = null);

/// <summary>
/// Turns what people type, paste or send into values of a field's type. Harmless differences are evened out ("1,000",
/// "00700 ", full-width digits); whatever could mean two things is refused.
/// </summary>
internal static partial class FieldReader
{
    private const decimal Largest = 999_999_999_999_999m;
    private static readonly string[] DateFormats = ["yyyy-MM-dd", "yyyy/M/d", "d/M/yyyy", "d MMM yyyy", "d MMMM yyyy", "yyyyMMdd"];
    private static readonly FieldReading Nothing = new(null);

    /// <param name="options">What may be chosen now.</param>
    /// <param name="files">What was uploaded.</param>
    public static FieldReading Read(FormField field, JsonNode? raw, IReadOnlyList<FieldOption> options, IReadOnlyDictionary<AttachmentId, AttachedFile> files)
    {
        if (raw is null || raw.GetValueKind() == JsonValueKind.Null)
        {
            return Nothing;
        }

        return field.Type switch
        {
            FieldType.Choices => Several(raw, item => OneOf(item, options)),
            FieldType.Files => Several(raw, item => File(item, files)),
            FieldType.YesNo or FieldType.Declaration => YesNo(raw),
            FieldType.Choice => OneOf(raw, options),
            FieldType.Integer => Number(raw, 0, "not-whole"),
            FieldType.Money => Number(raw, field.Places ?? 2, "too-many-places"),
            FieldType.Decimal => Number(raw, field.Places ?? 6, "too-many-places"),
            FieldType.Date => Date(raw),
            FieldType.Email => Matching(field, raw, Email(), "not-an-email"),
            FieldType.Phone => Phone(raw),
            _ => Text(field, raw),
        };
    }

    /// <summary>A computed number brought to the places of its field; half a cent is rounded up.</summary>
    public static JsonNode? Rounded(FormField field, JsonNode? value)
    {
        var places = field.Type switch { FieldType.Integer => 0, FieldType.Money => field.Places ?? 2, FieldType.Decimal => field.Places ?? 6, _ => -1 };
        return places < 0 || value.Number() is not { } number ? value
            : Math.Round(number, places, MidpointRounding.AwayFromZero) is var rounded && rounded == number && value is JsonValue plain && plain.TryGetValue<long>(out _) ? value
            : Json(rounded);
    }

    private static FieldReading Text(FormField field, JsonNode raw)
    {
        var text = raw.GetValueKind() switch
        {
            JsonValueKind.String => raw.GetValue<string>(),
            JsonValueKind.Number => raw.ToJsonString(),
            _ => null,
        };
        if (text is null)
        {
            return new(null, "not-text");
        }

        text = text.ReplaceLineEndings("\n").Normalize(field.Normalise is null ? NormalizationForm.FormC : NormalizationForm.FormKC).Trim();
        if (PlainText.HasHarmful(text, field.Type == FieldType.LongText))
        {
            return new(null, "control-characters");
        }

        text = Normalised(text, field.Normalise);
        var longest = field.MaxLength ?? (field.Type == FieldType.LongText ? 1_000 : 200);
        return text.Length > longest ? new(null, "too-long", longest)
            : text.Length == 0 ? Nothing
            : field.Pattern is not null && !Patterns.Matches(field.Pattern, text) ? new(null, "wrong-format")
            : new(text);
    }

    private static string Normalised(string text, Normalisation? how)
    {
        if (how is null)
        {
            return text;
        }

        if (how.Several)
        {
            return string.Join(Normalisation.Between, Parted().Split(text).Where(one => one.Length > 0).Select(one => Normalised(one, how with { Several = false })));
        }

        text = how.Compact ? string.Concat(text.Where(c => !char.IsWhiteSpace(c))) : text;
        text = how.Upper ? text.ToUpperInvariant() : how.Lower ? text.ToLowerInvariant() : text;
        return how.PadLeft is { } length && text.Length > 0 && text.All(char.IsAsciiDigit) ? text.PadLeft(length, how.Pad) : text;
    }

    private static FieldReading Matching(FormField field, JsonNode raw, Regex pattern, string code)
    {
        var reading = Text(field with { MaxLength = field.MaxLength ?? 254 }, raw);
        return reading.Value.Text() is { } text && !pattern.IsMatch(text) ? new(null, code) : reading;
    }

    private static FieldReading Phone(JsonNode raw)
    {
        var typed = raw.GetValueKind() == JsonValueKind.Number ? raw.ToJsonString() : raw.Text();
        var digits = typed is null ? null : string.Concat(typed.Normalize(NormalizationForm.FormKC).Where(c => c is not (' ' or '-' or '(' or ')' or '.' or '\u00a0')));
        return digits is null ? new(null, "not-a-phone")
            : digits.Length == 0 ? Nothing
            : PhoneNumber().IsMatch(digits) ? new(digits)
            : new(null, "not-a-phone");
    }

    private static FieldReading Number(JsonNode raw, int places, string tooFine)
    {
        if (raw.Text() is { } text && string.IsNullOrWhiteSpace(text))
        {
            return Nothing;
        }

        if ((raw.Number() ?? Typed(raw.Text())) is not { } number)
        {
            return new(null, "not-a-number");
        }

        return Math.Abs(number) > Largest ? new(null, "too-large", Largest.ToString("N0", CultureInfo.InvariantCulture))
            : decimal.Round(number, places) != number ? new(null, tooFine, places)
            : new(Json(number));
    }

    // "1,000" is a thousand; "1,00" could be one or a hundred, so it is no number.
    private static decimal? Typed(string? text)
    {
        var compact = text is null or { Length: > 40 } ? "" : string.Concat(text.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));
        compact = Grouped().IsMatch(compact) ? compact.Replace(",", "", StringComparison.Ordinal) : compact;
        return decimal.TryParse(compact, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static JsonNode Json(decimal number) => JsonNode.Parse((number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture))!;

    private static FieldReading Date(JsonNode raw)
    {
        var text = (raw.GetValueKind() == JsonValueKind.Number ? raw.ToJsonString() : raw.Text())?.Normalize(NormalizationForm.FormKC).Trim();
        return text is "" ? Nothing
            : DateOnly.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1990 and <= 2199
                ? new(date.Iso())
                : new(null, "not-a-date");
    }

    private static FieldReading YesNo(JsonNode raw) => raw.GetValueKind() switch
    {
        JsonValueKind.True => new(true),
        JsonValueKind.False => new(false),
        JsonValueKind.String => raw.GetValue<string>().Trim().ToUpperInvariant() switch
        {
            "" => Nothing,
            "TRUE" or "ON" or "YES" or "1" => new(true),
            "FALSE" or "OFF" or "NO" or "0" => new(false),
            _ => new(null, "not-yes-or-no"),
        },
        _ => new(null, "not-yes-or-no"),
    };

    private static FieldReading OneOf(JsonNode? raw, IReadOnlyList<FieldOption> options)
    {
        var text = raw.Text()?.Trim();
        return text is "" ? Nothing
            : options.Any(o => o.Value == text) ? new(text)
            : new(null, "not-an-option");
    }

    private static FieldReading File(JsonNode? raw, IReadOnlyDictionary<AttachmentId, AttachedFile> files)
    {
        var text = raw.Text()?.Trim();
        return text is "" ? Nothing
            : AttachmentId.From(text) is { } id && files.ContainsKey(id) ? new(id.ToString())
            : new(null, "unknown-file");
    }

    private static FieldReading Several(JsonNode raw, Func<JsonNode?, FieldReading> read)
    {
        var readings = (raw is JsonArray list ? list : [raw.DeepClone()]).Select(read).ToList();
        return readings.Find(r => r.Code is not null) is { Code: not null } wrong
            ? wrong
            : new(new JsonArray([.. readings.Select(r => r.Value.Text()).OfType<string>().Distinct().Select(v => (JsonNode)v)]));
    }

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?\z")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^[^@\s,;<>""()\[\]\\]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}\z")]
    private static partial Regex Email();

    [GeneratedRegex(@"[\s,;、，；]+")]
    private static partial Regex Parted();

    [GeneratedRegex(@"^([2-9][0-9]{7}|\+[1-9][0-9]{6,14})\z")]
    private static partial Regex PhoneNumber();
}
