using Mono.Cecil;

namespace ClientConnect.Architecture.Tests;

/// <summary>Budgets on the tail, not on the average. A file that must be longer begins with <c>// Long because</c> and says why.</summary>
public sealed class BudgetTests
{
    private const string Excuse = "// Long because";

    [Theory]
    [InlineData("src", 300)]
    [InlineData("tests", 400)]
    public void Files_are_short(string folder, int most) => Broken.None(
        $"A file of {folder} has at most {most} lines. Split it by what it does, or begin it with '{Excuse} …':",
        from file in Sources.Files(folder, ".cs", ".razor")
        where !IsGenerated(file) && !IsExcused(file)
        let lines = File.ReadLines(file).Count()
        where lines > most
        select $"{Sources.Relative(file)} has {lines}");

    [Fact]
    public void Methods_are_short() => Broken.None(
        $"A method has at most 40 lines. Name its parts, or begin the file with '{Excuse} …':",
        from assembly in Sources.Shipped
        from type in assembly.GetTypes()
        from method in type.Methods
        where !method.IsConstructor && method.DebugInformation.HasSequencePoints
        let points = method.DebugInformation.SequencePoints.Where(p => !p.IsHidden).ToList()
        where points.Count > 0
        let file = points[0].Document.Url
        where file.EndsWith(".cs", StringComparison.Ordinal) && File.Exists(file) && !IsGenerated(file) && !IsExcused(file)
        let lines = points.Max(p => p.EndLine) - points.Min(p => p.StartLine) - 1
        where lines > 40
        select $"{Sources.Relative(file)} line {points.Min(p => p.StartLine)} ({Il.Outermost(type).Name}, {method.Name}): {lines} lines");

    [Fact]
    public void The_program_stays_a_table_of_contents()
    {
        var lines = File.ReadAllLines(Path.Combine(Sources.Root, "src/Host/Program.cs")).Length;

        Assert.True(lines <= 40, $"src/Host/Program.cs has {lines} lines; at most 40. Move what is plugged in to a file of its own in Composition.");
    }

    [Fact]
    public void Every_module_says_in_thirty_lines_what_it_owns() => Broken.None(
        "Each module has a README.md of at most 30 lines: what it owns, its tables, its use cases, who listens, what it must never do:",
        from folder in Directory.EnumerateDirectories(Path.Combine(Sources.Root, "src/Workflows"))
        where Sources.Files(Sources.Relative(folder), ".cs").Any()
        let readme = Path.Combine(folder, "README.md")
        let lines = File.Exists(readme) ? File.ReadLines(readme).Count() : 0
        where lines is 0 or > 30
        select lines == 0 ? $"{Sources.Relative(folder)} has none" : $"{Sources.Relative(folder)} has {lines} lines");

    private static bool IsExcused(string file) => File.ReadLines(file).FirstOrDefault()?.StartsWith(Excuse, StringComparison.Ordinal) ?? false;

    private static bool IsGenerated(string file) => file.Contains("/obj/", StringComparison.Ordinal) || file.Contains("/Database/Migrations/", StringComparison.Ordinal);
}
