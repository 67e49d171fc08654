using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// What a notice says, made safe for a template before it is rendered: nobody's name can open a tag, a link, a list or a
/// paragraph, and no template can forget to prevent it. Words in three languages become those of the mail.
/// </summary>
internal static class MailModel
{
    // Each of these stands as a private-use character while the mail takes shape, and comes back when a part is written.
    private const string Guarded = "&<>\"'[]-\n";
    private const char FirstGuard = '\uE000';

    /// <summary>The part of the model that mails may know (<see cref="MailVocabulary"/>), guarded, in the mail's language.</summary>
    public static Dictionary<string, object?> Read(string json, string language) =>
        JsonNode.Parse(json) is JsonObject model ? Object(MailVocabulary.Only(model), language) : [];

    /// <summary>The model with its one reader in it: who that is stands in the row, since a click writes one model for many.</summary>
    public static string Addressed(string json, string recipient)
    {
        var model = JsonNode.Parse(json) as JsonObject ?? [];
        model["recipient"] = new JsonObject { ["name"] = recipient };
        return model.ToJsonString();
    }

    /// <summary>The text as people wrote it.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            plain.Append(c >= FirstGuard && c < FirstGuard + Guarded.Length ? Guarded[c - FirstGuard] : c);
        }

        return plain.ToString();
    }

    private static Dictionary<string, object?> Object(JsonObject model, string language) =>
        model.ToDictionary(p => p.Key, p => Value(p.Value, language), StringComparer.Ordinal);

    private static object? Value(JsonNode? node, string language) => node switch
    {
        null => null,
        JsonObject words when words["en"] is JsonValue => Value(words[language] ?? words["en"], language),
        JsonObject inner => Object(inner, language),
        JsonArray list => list.Select(item => Value(item, language)).ToList(),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => Guard(node.GetValue<string>()),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => decimal.TryParse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : node.ToJsonString(),
        },
    };

    private static string Guard(string text)
    {
        var guarded = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            var at = Guarded.IndexOf(c, StringComparison.Ordinal);
            // A hyphen makes a list only at the beginning; elsewhere it stays, for conditions and addresses to match.
            if (at >= 0 && (c != '-' || guarded.Length == 0))
            {
                guarded.Append((char)(FirstGuard + at));
            }
            else if (!IsInvisible(c))
            {
                guarded.Append(c);
            }
        }

        return guarded.ToString();
    }

    // Control characters, the marks that turn the direction of what follows, and the guards' own block.
    private static bool IsInvisible(char c) =>
        char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or (>= '\uE000' and <= '\uF8FF');
}
