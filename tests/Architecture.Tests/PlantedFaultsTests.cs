using Mono.Cecil;

namespace ClientConnect.Architecture.Tests;

/// <summary>The checks are worth what they find: faults that are planted here on purpose.</summary>
public sealed class PlantedFaultsTests
{
    private const string Root = "ClientConnect.Architecture.Tests.Planted";

    private static readonly ModuleDefinition Assembly = ModuleDefinition.ReadModule(typeof(PlantedFaultsTests).Assembly.Location);

    [Fact]
    public void Exactly_the_planted_faults_are_found()
    {
        var rules = new ModuleRules(Root, new Dictionary<string, string[]> { ["Access"] = [], ["Inbox"] = [], ["Requests"] = ["Access"] }, []);

        Assert.Collection(
            rules.Broken(Assembly),
            fault => Assert.StartsWith($"{Root}.Requests.Faults reaches into {Root}.Access.Cellar", fault, StringComparison.Ordinal),
            fault => Assert.StartsWith($"{Root}.Requests.Faults uses {Root}.Inbox.Paper", fault, StringComparison.Ordinal),
            fault => Assert.StartsWith($"{Root}.Requests.Faults uses {Root}.Inbox.Tray", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_module_without_a_row_is_found()
    {
        var rules = new ModuleRules(Root, new Dictionary<string, string[]> { ["Access"] = [], ["Requests"] = ["Access", "Inbox"] }, []);

        Assert.Contains(rules.Broken(Assembly), fault => fault.StartsWith("Inbox has no row", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cycle_is_found()
    {
        var rules = new ModuleRules(Root, new Dictionary<string, string[]> { ["Access"] = ["Requests"], ["Inbox"] = [], ["Requests"] = ["Access"] }, []);

        Assert.NotNull(rules.Cycle());
    }
}
