using System.Text.RegularExpressions;
using Mono.Cecil;

namespace ClientConnect.Architecture.Tests;

/// <summary>One word per thing, written down in GLOSSARY.md; and a sentence on everything public.</summary>
public sealed partial class NameTests
{
    [Fact]
    public void Names_do_not_end_in_words_that_say_nothing() => Broken.None(
        "Name it by what it is or does in the domain's words (GLOSSARY.md):",
        from type in Public()
        from suffix in House.BannedSuffixes
        where type.Name.EndsWith(suffix, StringComparison.Ordinal) && !type.Name.EndsWith("EService", StringComparison.Ordinal)
        select type.FullName);

    [Fact]
    public void Names_have_no_numbers() => Broken.None(
        "Replace, migrate, delete the old: no version goes into a name:",
        Public().Where(type => Version().IsMatch(type.Name)).Select(type => type.FullName));

    [Fact]
    public void Words_to_avoid_are_avoided() => Broken.None(
        "GLOSSARY.md has another word for this:",
        from type in Public()
        join entry in Glossary() on type.Name.ToUpperInvariant() equals entry.Avoid.ToUpperInvariant()
        select $"{type.FullName}: say '{entry.Word}'");

    [Fact]
    public void The_glossary_has_a_meaning_for_every_word()
    {
        var rows = Rows().ToList();

        Assert.True(rows.Count > 30, "GLOSSARY.md has lost its table.");
        Broken.None("Each word of GLOSSARY.md has one row and a meaning:", rows.Where(r => r[1].Length == 0).Select(r => r[0]).Concat(rows.GroupBy(r => r[0]).Where(g => g.Count() > 1).Select(g => g.Key)));
    }

    [Fact]
    public void Every_public_type_says_what_it_is_for() => Broken.None(
        "A public type of src/Workflows has a <summary>: one or two sentences in the domain's words, and the rule it guards:",
        from file in Sources.Files("src/Workflows", ".cs")
        where !file.Contains("/Migrations/", StringComparison.Ordinal)
        from name in Undocumented(File.ReadAllLines(file))
        select $"{Sources.Relative(file)}: {name}");

    private static IEnumerable<string> Undocumented(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var above = i - 1;
            while (above >= 0 && lines[above].StartsWith('['))
            {
                above--;
            }

            if (Declaration().Match(lines[i]) is { Success: true } found && (above < 0 || !lines[above].StartsWith("///", StringComparison.Ordinal)))
            {
                yield return found.Groups["name"].Value;
            }
        }
    }

    private static IEnumerable<TypeDefinition> Public() => Sources.Shipped.SelectMany(a => a.Types).Where(t => t.IsPublic && Il.IsWritten(t));

    private static IEnumerable<(string Word, string Avoid)> Glossary() =>
        from row in Rows()
        from avoid in row[2].Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        select (row[0], avoid.Replace(" ", "", StringComparison.Ordinal));

    private static IEnumerable<string[]> Rows() =>
        from line in File.ReadLines(Path.Combine(Sources.Root, "GLOSSARY.md"))
        where line.StartsWith('|') && !line.StartsWith("|-", StringComparison.Ordinal) && !line.StartsWith("| word", StringComparison.Ordinal)
        let cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries)
        where cells.Length == 3
        select cells;

    [GeneratedRegex(@"^public (?!partial )(?:(?:sealed|static|abstract|readonly|partial) )*(?:class|record struct|record|struct|interface|enum) (?<name>\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"V\d+$")]
    private static partial Regex Version();
}
