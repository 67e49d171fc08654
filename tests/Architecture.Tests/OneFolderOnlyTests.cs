using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClientConnect.Architecture.Tests;

/// <summary>
/// Adding an eService touches one folder of <c>workflows/</c>: so no C# may name one, nor what only one of them knows. Names
/// of a single plain word ("market") are let pass, for the language itself needs them; those of two or more are not.
/// </summary>
public sealed partial class OneFolderOnlyTests
{
    [Fact]
    public void No_code_names_an_eService()
    {
        var keys = Folders().Select(folder => Path.GetFileName(folder)!).ToList();

        Broken.None("C# must not name an eService. Say in its folder what is special about it:", Found(literal => keys.Where(key => literal.Contains(key, StringComparison.Ordinal))));
    }

    [Fact]
    public void No_code_names_a_field_a_reason_a_deadline_or_a_label_of_an_eService()
    {
        var words = Folders().SelectMany(WordsOf).Except(Vocabulary()).Where(IsTelling).ToHashSet(StringComparer.Ordinal);

        Broken.None("C# must not know an eService's words. Put the rule into its folder, or the word into House.HeaderFields if all share it:", Found(literal => words.Contains(literal) ? [literal] : []));
    }

    private static IEnumerable<string> Found(Func<string, IEnumerable<string>> named) =>
        from assembly in Sources.Shipped
        from type in assembly.GetTypes()
        from literal in Il.Literals(type).Distinct(StringComparer.Ordinal)
        from name in named(literal)
        select $"{Il.Outermost(type).FullName} says \"{name}\"";

    private static IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(Path.Combine(Sources.Root, "workflows")).Where(f => !Path.GetFileName(f).StartsWith('_'));

    /// <summary>Of two words or more: camelCase, kebab-case, or a label of several words.</summary>
    private static bool IsTelling(string word) => Compound().IsMatch(word) && !House.HeaderFields.Contains(word);

    private static IEnumerable<string> WordsOf(string folder) =>
        from file in new[] { "service.json", "form.json" }
        let path = Path.Combine(folder, file)
        where File.Exists(path)
        from word in WordsIn(JsonNode.Parse(File.ReadAllText(path)))
        select word;

    /// <summary>Names, values, codes and English labels, wherever they stand; and the settings' names, which are keys.</summary>
    private static IEnumerable<string> WordsIn(JsonNode? node) => node switch
    {
        JsonArray array => array.SelectMany(WordsIn),
        JsonObject all => all.SelectMany(property => property.Key switch
        {
            "name" or "value" or "code" or "key" when property.Value is JsonValue value && value.TryGetValue<string>(out var text) => [text],
            "label" or "title" when property.Value is JsonObject words => words["en"]?.GetValue<string>() is { } label ? [label] : [],
            "settings" when property.Value is JsonObject settings => settings.Select(s => s.Key).Concat(WordsIn(settings)),
            _ => WordsIn(property.Value),
        }),
        _ => [],
    };

    /// <summary>The words of the folders' own format, as the schemas and the enums declare them; and what a header shares.</summary>
    private static HashSet<string> Vocabulary()
    {
        var words = Sources.Workflows.GetTypes().Where(t => t.IsEnum).SelectMany(t => t.Fields).Select(f => JsonNamingPolicy.CamelCase.ConvertName(f.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Sources.Files("workflows/_schemas", ".json").Concat(Sources.Files("workflows/_shared", ".json")))
        {
            Collect(JsonNode.Parse(File.ReadAllText(file)), words);
        }

        return words;
    }

    private static void Collect(JsonNode? node, HashSet<string> words)
    {
        foreach (var (key, value) in node as JsonObject ?? [])
        {
            words.Add(key);
            Collect(value, words);
        }

        foreach (var item in node as JsonArray ?? [])
        {
            if (item is JsonValue value && value.TryGetValue<string>(out var text))
            {
                words.Add(text);
            }

            Collect(item, words);
        }
    }

    [GeneratedRegex("[a-z][A-Z]|[a-z]-[a-z]|[a-z] [A-Za-z]")]
    private static partial Regex Compound();
}
