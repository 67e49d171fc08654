using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Texts;

/// <summary>
/// All words of the portal's own, by key, in three languages; read once from the <c>*.json</c> files beside this class.
/// An eService's words are its own and come with it instead. A missing key is a bug that a test finds, so it shows as itself.
/// </summary>
public static class Words
{
    private static readonly FrozenDictionary<string, LocalText> All = Read();

    public static IReadOnlyDictionary<string, LocalText> Everything => All;

    public static bool Has(string key) => All.ContainsKey(key);

    public static string Of(string key, string language, params ReadOnlySpan<(string Name, string? Value)> arguments)
    {
        if (!All.TryGetValue(key, out var words)) return key;
        var text = words.In(language);
        foreach (var (name, value) in arguments)
        {
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        }

        return text;
    }

    public static string Of(string key, string language, IReadOnlyDictionary<string, string>? arguments) =>
        Of(key, language, [.. (arguments ?? new Dictionary<string, string>()).Select(a => (a.Key, (string?)a.Value))]);

    /// <summary>The three languages' words under a key, for views that take an eService's words as well.</summary>
    public static LocalText Text(string key) => All.TryGetValue(key, out var words) ? words : new LocalText(key);

    /// <summary>The key of the clearing house's own words where it has some (<c>status.submitted.house</c>), else the key itself.</summary>
    public static string KeyFor(string key, bool isClearingHouse) => isClearingHouse && Has(key + ".house") ? key + ".house" : key;

    /// <summary>What a refusal says; a code without words of its own says that it was not possible, and its code.</summary>
    public static string Of(Refusal refusal, string language)
    {
        var key = "refusal." + refusal.Code;
        if (refusal.Arguments.GetValueOrDefault("n") == "1" && Has(key + ".one")) key += ".one";
        return Has(key) ? Of(key, language, refusal.Arguments) : Of("refusal.other", language, ("code", refusal.Code));
    }

    /// <summary>What to do after a refusal.</summary>
    public static string NextAfter(Refusal refusal, string language) =>
        Of(Has($"refusal.{refusal.Code}.next") ? $"refusal.{refusal.Code}.next" : "refusal.other.next", language, refusal.Arguments);

    /// <summary>What is wrong at one place: the eService's own words, else the standard ones for that fault.</summary>
    public static string Of(FieldFault fault, string language)
    {
        if (fault.Words is { } own) return own.In(language);
        var key = "fault." + fault.Code;
        return Has(key) ? Of(key, language, fault.Arguments) : Of("fault.other", language, fault.Arguments);
    }

    private static FrozenDictionary<string, LocalText> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var all = new Dictionary<string, LocalText>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Texts/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, words) in JsonSerializer.Deserialize<Dictionary<string, LocalText>>(stream)!)
            {
                all.Add(key, words);
            }
        }

        // Mails and pages call a status alike: the words stand with the status.
        foreach (var status in Enum.GetValues<RequestStatus>())
        {
            all.Add("status." + status.Code(), status.Words());
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
