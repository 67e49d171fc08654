using Mono.Cecil;

namespace ClientConnect.Architecture.Tests;

/// <summary>What every use case has in common, and what it may not show.</summary>
public sealed class UseCaseTests
{
    [Fact]
    public void A_use_case_is_sealed_and_handles_one_thing() => Broken.None(
        "A use case is one sealed class with one public HandleAsync, in the file of its name:",
        from type in UseCases()
        let file = Sources.Files("src/Workflows", ".cs").FirstOrDefault(f => Path.GetFileNameWithoutExtension(f) == type.Name)
        where !type.IsSealed || type.Methods.Count(m => m.IsPublic && m.Name == "HandleAsync") != 1 || file is null
        select type.FullName);

    [Fact]
    public void A_use_case_knows_who_asks() => Broken.None(
        "HandleAsync takes the Viewer first; what nobody signed in asks for is listed in House.SystemUseCases:",
        from type in UseCases()
        where !House.SystemUseCases.Contains(type.Name)
        from method in type.Methods
        where method.IsPublic && method.Name == "HandleAsync" && method.Parameters.FirstOrDefault()?.ParameterType.Name != "Viewer"
        select type.FullName);

    [Fact]
    public void The_list_of_system_use_cases_is_true() => Broken.None(
        "House.SystemUseCases names what is not there, or what takes a Viewer after all:",
        House.SystemUseCases.Where(name => UseCases().SingleOrDefault(t => t.Name == name) is not { } type
            || type.Methods.Any(m => m.Name == "HandleAsync" && m.Parameters.FirstOrDefault()?.ParameterType.Name == "Viewer")));

    [Fact]
    public void What_reads_the_database_knows_who_looks() => Broken.None(
        "A public read takes the Viewer, so that what one may not see does not exist; jobs and set-up are listed in House.SystemReads:",
        from type in Sources.Workflows.Types
        where type.IsPublic && type.Namespace.Split('.')[2] != "Database" && ReadsDatabase(type) && !House.SystemReads.Contains(type.Name) && !House.SystemUseCases.Contains(type.Name)
        from method in type.Methods
        where method.IsPublic && method.ReturnType.FullName.StartsWith("System.Threading.Tasks.", StringComparison.Ordinal)
        where method.Parameters.All(p => p.ParameterType.Name != "Viewer") && !House.SystemReads.Contains($"{type.Name}.{method.Name}")
        select $"{type.FullName}.{method.Name}");

    [Fact]
    public void Tables_are_private_to_their_module() => Broken.None(
        "A mapped entity is internal: others ask the module, not its tables:",
        from type in Sources.Workflows.GetTypes()
        from configuration in type.Interfaces.Select(i => i.InterfaceType).OfType<GenericInstanceType>()
        where configuration.ElementType.Name == "IEntityTypeConfiguration`1"
        let entity = configuration.GenericArguments[0].Resolve()
        where entity is not null && Il.IsPublic(entity)
        select entity.FullName);

    /// <summary>That each has words is held beside the words, in Host.Tests.</summary>
    [Fact]
    public void A_refusal_is_a_sealed_record() => Broken.None(
        "A refusal is a sealed record, named as a sentence; what several share is a parameter:",
        Sources.Workflows.GetTypes().Where(t => !t.IsAbstract && !t.IsSealed && IsRefusal(t)).Select(t => t.FullName));

    private static IEnumerable<TypeDefinition> UseCases() =>
        Sources.Workflows.GetTypes().Where(t => t.IsClass && Il.IsPublic(t) && t.Methods.Any(m => m.IsPublic && m.Name == "HandleAsync"));

    private static bool ReadsDatabase(TypeDefinition type) => type.Methods.Where(m => m.IsConstructor).SelectMany(m => m.Parameters)
        .Any(p => p.ParameterType.Name is "IDbContextFactory`1" or "NpgsqlDataSource" or "ClickConnection" or "PortalDb");

    private static bool IsRefusal(TypeDefinition type)
    {
        for (var at = type.BaseType?.Resolve(); at is not null; at = at.BaseType?.Resolve())
        {
            if (at.FullName == "ClientConnect.Workflows.Kernel.Refusal")
            {
                return true;
            }
        }

        return false;
    }
}
