using Mono.Cecil;

namespace ClientConnect.Architecture.Tests;

/// <summary>What is checked: the files of the checkout and the assemblies that were built from them.</summary>
internal static class Sources
{
    public static string Root { get; } = FindRoot();

    public static ModuleDefinition Workflows { get; } = Read("ClientConnect.Workflows");

    public static ModuleDefinition Host { get; } = Read("ClientConnect.Host");

    public static IReadOnlyList<ModuleDefinition> Shipped { get; } = [Workflows, Host];

    /// <summary>Files below a folder of the checkout, without what builds and packages put there.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions) =>
        !Directory.Exists(Path.Combine(Root, folder)) ? [] :
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(file => extensions.Contains(Path.GetExtension(file)) && !Relative(file).Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "vendor"))
            .Order(StringComparer.Ordinal);

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static ModuleDefinition Read(string assembly) => ModuleDefinition.ReadModule(
        Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"),
        new ReaderParameters { ReadSymbols = true, AssemblyResolver = Resolver() });

    private static DefaultAssemblyResolver Resolver()
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Builder.WebApplication).Assembly.Location));
        return resolver;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ClientConnect.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests must run from a build inside of the checkout.");
        }

        return folder.FullName;
    }
}
