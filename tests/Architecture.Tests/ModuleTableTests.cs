using System.Xml.Linq;
using Mono.Cecil;

namespace ClientConnect.Architecture.Tests;

/// <summary>The house's floor plan: who may use whom, and what the pure modules do without.</summary>
public sealed class ModuleTableTests
{
    private static readonly ModuleRules Rules = new("ClientConnect.Workflows", House.MayUse, ["Kernel", "Database"]);

    [Fact]
    public void The_table_holds() => Broken.None("The table of modules (House.MayUse) is broken:", Rules.Broken(Sources.Workflows));

    [Fact]
    public void The_table_has_no_cycle() => Assert.Null(Rules.Cycle());

    [Fact]
    public void Every_type_lives_in_a_module() => Broken.None(
        "A type outside of a module's namespace belongs to nobody. Move it into a folder of src/Workflows:",
        Sources.Workflows.Types.Where(t => Il.IsWritten(t) && Rules.ModuleOf(t) is null).Select(t => t.FullName));

    [Fact]
    public void A_type_lives_in_the_folder_of_its_namespace() => Broken.None(
        "The same word everywhere: a namespace is its project and module, and below them the folders. Move the file or change the namespace:",
        from file in Sources.Files("src", ".cs").Concat(Sources.Files("tests", ".cs"))
        let line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal))
        where line is not null
        let folders = Path.GetDirectoryName(Sources.Relative(file))!.Replace('\\', '/').Split('/')[1..]
        let expected = $"namespace ClientConnect.{string.Join('.', folders)}"
        let least = $"namespace ClientConnect.{string.Join('.', folders.Take(2))}"
        let actual = line.Trim().TrimEnd(';')
        where !(expected + ".").StartsWith(actual + ".", StringComparison.Ordinal) || actual.Length < least.Length
        select $"{Sources.Relative(file)}: {actual}, expected {expected}");

    [Fact]
    public void Folders_are_at_most_two_deep() => Broken.None(
        "At most two folders below a project (three under Portal/Kit). Flatten, or make it a module:",
        from file in Sources.Files("src", ".cs", ".razor")
        let parts = Sources.Relative(file).Split('/')
        where parts.Length - 3 > (parts is [_, _, "Portal", "Kit", ..] ? 3 : 2)
        select Sources.Relative(file));

    [Fact]
    public void Workflows_knows_no_web() => Broken.None(
        "src/Workflows knows no web. Put what speaks HTTP into src/Host:",
        Sources.Workflows.AssemblyReferences.Select(r => r.Name).Where(n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)));

    [Fact]
    public void Projects_refer_to_each_other_in_one_direction()
    {
        var broken = new List<string>();
        foreach (var project in Sources.Files("src", ".csproj"))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            string[] allowed = name switch { "Host" => ["Workflows", "Designer"], _ => [] };
            broken.AddRange(
                from reference in XDocument.Load(project).Descendants("ProjectReference")
                let target = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)
                where !allowed.Contains(target)
                select $"{name} refers to {target}");
        }

        Broken.None("Host refers to Workflows and Designer; they refer to nothing of ours:", broken);
    }

    [Fact]
    public void The_pure_modules_touch_no_world() => Broken.None(
        "Calendar and Flow touch no database, clock, file, network or chance. Pass it in, or return an effect:",
        from type in Sources.Workflows.GetTypes()
        where Rules.ModuleOf(type) is { } module && House.Pure.Contains(module)
        from used in Il.Uses(type).Select(u => u.FullName).Concat(Il.Calls(type).Select(c => $"{c.DeclaringType.FullName}.{c.Name}"))
        where IsWorld(used)
        select $"{Il.Outermost(type).FullName} uses {used}");

    private static bool IsWorld(string name) =>
        new[] { "Npgsql", "Microsoft.EntityFrameworkCore", "System.Data.", "System.Net.", "System.Random", "System.TimeProvider", "System.Environment.Get", "System.IO.File", "System.IO.Directory", "System.Diagnostics.Process" }
            .Any(world => name.StartsWith(world, StringComparison.Ordinal))
        || name is "System.Guid.NewGuid" or "System.Guid.CreateVersion7" or "System.Security.Cryptography.RandomNumberGenerator";
}
