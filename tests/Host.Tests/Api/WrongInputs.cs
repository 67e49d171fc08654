using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;

namespace ClientConnect.Host.Tests.Api;

/// <summary>One wrong value for one field of a form.</summary>
/// <param name="Path">As a refusal names it.</param>
/// <param name="IsRefused">False where the form may take it as the text that it is.</param>
internal sealed record WrongInput(string Path, string What, JsonNode? Value, bool IsRefused);

/// <summary>
/// Makes the wrong values from what a form says of its fields: their types and limits. No field is named here, so that a new one, and a
/// new eService, is tried the day it is there.
/// </summary>
internal static class WrongInputs
{
    private static readonly HashSet<string> Numbers = ["integer", "money", "decimal"];

    private static readonly HashSet<string> Texts = ["text", "longText", "email", "phone"];

    /// <summary>Strings that have broken others; a form takes them as text or refuses them.</summary>
    private static readonly (string What, string Text)[] Hostile =
    [
        ("HTML", "<img src=x onerror=alert(1)>"),
        ("a script", "\"><script>alert(1)</script>"),
        ("SQL", "'; DROP TABLE requests.service_request; --"),
        ("a template", "{{7*7}}"),
        ("another template", "${7*7}#{7*7}<%= 7*7 %>"),
        ("a formula", "=1+1|'cmd'!A1"),
        ("a path", "../../../../etc/passwd"),
        ("a format", "%s%n%x{0}"),
        ("an emoji", "👩‍👩‍👧 ok"),
    ];

    /// <summary>Strings that no field may hold, because nobody who reads them sees what they are.</summary>
    private static readonly (string What, string Text)[] Invisible = [("right to left override", "abc\u202etxt"), ("an isolate", "a\u2066b"), ("a bell", "a\u0007b"), ("a byte order mark", "a\ufeffb")];

    /// <summary>The fields that somebody fills in; those that the portal computes count for nothing.</summary>
    public static IEnumerable<JsonObject> Filled(JsonNode? fields) =>
        (fields as JsonArray ?? []).OfType<JsonObject>().Where(f => f["value"] is null && f["calendar"] is null && f["lookup"] is null && f["hidden"]?.GetValue<bool>() != true);

    public static IEnumerable<WrongInput> Of(JsonObject field, string path)
    {
        var type = field.Text("type");
        var all = OfAnyType(type).Concat(Limits(field, type)).Concat(Texts.Contains(type) ? OfText(field, type) : OfOthers(type));
        if (field["required"] is JsonValue required && required.TryGetValue<bool>(out var always) && always) all = all.Append(("missing", null, true));
        return all.Select(w => new WrongInput(path, $"{type}: {w.What}", w.Value, w.IsRefused));
    }

    private static IEnumerable<(string What, JsonNode? Value, bool IsRefused)> OfAnyType(string type)
    {
        yield return ("an object", new JsonObject { ["a"] = 1 }, true);
        yield return ("a list of lists", new JsonArray(new JsonArray(1)), true);
        if (type is not ("yesNo" or "declaration")) yield return ("true", JsonValue.Create(true), true);
        if (!Texts.Contains(type)) yield return ("a number beyond all", JsonNode.Parse("1e400"), true);
    }

    private static IEnumerable<(string What, JsonNode? Value, bool IsRefused)> OfText(JsonObject field, string type)
    {
        var longest = field["maxLength"]?.GetValue<int>() ?? type switch { "longText" => 1_000, "email" => 254, "phone" => 20, _ => 200 };
        yield return ("one character more than it holds", JsonValue.Create(new string('9', longest + 1)), true);
        yield return ("much more than it holds", JsonValue.Create(new string('x', 100_000)), true);
        yield return ("two lines", JsonValue.Create("a\r\nBcc: thief@elsewhere.example"), type != "longText");
        foreach (var (what, text) in Hostile) yield return (what, JsonValue.Create(text), false);
        foreach (var (what, text) in Invisible) yield return (what, JsonValue.Create(text), true);
    }

    private static IEnumerable<(string What, JsonNode? Value, bool IsRefused)> OfOthers(string type)
    {
        foreach (var (what, text) in Hostile.Concat(Invisible)) yield return (what, JsonValue.Create(text), true);
        if (type is "choice" or "choices" or "files") yield return ("one that is not offered", JsonValue.Create("NO_SUCH_THING"), true);
        if (type == "date") yield return ("a day that is none", JsonValue.Create("2026-02-30"), true);
        if (type == "files") yield return ("an id that nothing has", new JsonArray("00000000-0000-7000-8000-000000000001"), true);
    }

    private static IEnumerable<(string What, JsonNode? Value, bool IsRefused)> Limits(JsonObject field, string type)
    {
        if (Numbers.Contains(type))
        {
            if (field["min"] is { } min) yield return ("less than the least", JsonValue.Create(Number(min) - 1 ?? -1), true);
            if (field["max"] is { } max) yield return ("more than the most", JsonValue.Create(Number(max) + 1 ?? 999_999_999_999_999m), true);
            yield return ("too many places", JsonNode.Parse("1.0000000001"), true);
            yield return ("words", JsonValue.Create("a thousand"), true);
        }
        else if (type == "date")
        {
            if (field["min"] is not null) yield return ("before the first day", JsonValue.Create("1990-01-01"), true);
            if (field["max"] is not null) yield return ("after the last day", JsonValue.Create("2199-12-31"), true);
        }
        else if (type is "lines" or "files" && Number(field["max"]) is { } most)
        {
            yield return ("one more than it takes", new JsonArray([.. Enumerable.Range(0, (int)most + 1).Select(i => type == "lines" ? (JsonNode)new JsonObject() : Guid.CreateVersion7().ToString())]), true);
        }
    }

    // A limit that depends on other fields is an expression, not a number.
    private static decimal? Number(JsonNode? limit) =>
        decimal.TryParse(limit?.ToString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
