using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>What a flow can be drawn with, as Studio's palette and property panels show it: the flow's vocabulary, in the house's words.</summary>
internal sealed class Palette(Catalogue catalogue, BundleLoader loader, BusinessClock clock)
{
    private const string Switch = "Elsa.FlowSwitch", Variable = "Elsa.SetVariable";

    private static readonly Dictionary<string, string> Categories = new(StringComparer.Ordinal)
    {
        ["ClientConnect.ParticipantCheck"] = "people",
        ["ClientConnect.ClearingHouseReview"] = "people",
        ["ClientConnect.ClearingHouseApproval"] = "people",
        ["ClientConnect.AwaitCorrection"] = "people",
        ["ClientConnect.AwaitAnswer"] = "waiting",
        ["ClientConnect.AwaitMilestone"] = "waiting",
        ["ClientConnect.WaitUntil"] = "waiting",
        ["ClientConnect.AwaitPlaces"] = "waiting",
        ["Elsa.Start"] = "ends",
        ["Elsa.Finish"] = "ends",
        ["Elsa.End"] = "ends",
        ["Elsa.Fault"] = "ends",
        ["Elsa.FlowDecision"] = "ways",
        [Switch] = "ways",
        ["Elsa.FlowFork"] = "ways",
        ["Elsa.FlowJoin"] = "ways",
        [Variable] = "ways",
    };

    /// <summary>All that <c>InputReader</c> reads, and nothing else.</summary>
    public static IReadOnlyList<ExpressionDescriptor> Expressions { get; } =
        [new("Literal", false), new("Object", false, "json"), new("Variable", true), new("Input", true), new("JavaScript", true, "javascript")];

    public static IReadOnlyList<VariableType> VariableTypes(string language) =>
        [.. new[] { "String", "Boolean", "Int32", "Decimal", "DateTimeOffset", "TimeSpan", "Object" }
            .Select(type => new VariableType(type, Words.Of("variable-type." + type, language), Words.Of("palette.category.ways", language), Words.Of("variable-type.kept", language)))];

    public static IReadOnlyList<StorageDriver> StorageDrivers(string language) =>
        [new("Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core", Words.Of("variable-type.storage", language))];

    /// <param name="about">The eService whose deadlines and mails are offered; null or unknown for those of all.</param>
    public IReadOnlyList<StepDescriptor> Steps(string language, string? about)
    {
        var now = clock.GetUtcNow();
        IReadOnlyList<EServiceBundle> bundles = about is { Length: > 0 } && catalogue.InForce(about, now) is { } one ? [one] : catalogue.AllInForce(now);
        var inputs = new PaletteInputs(bundles, loader.Kinds, language);
        return [new StepDescriptor("Elsa.Flowchart", Words.Of("palette.category.ways", language), Words.Of("palette.step.Flowchart", language), "", [], [], IsContainer: true, IsBrowsable: false), .. FlowVocabulary.All.Select(type => Step(type, inputs, language))];
    }

    private static StepDescriptor Step(StepType type, PaletteInputs inputs, string language)
    {
        var name = type.Name.Split('.')[^1];
        var category = Categories.GetValueOrDefault(type.Name, "effects");
        return new StepDescriptor(
            type.Name, Words.Of("palette.category." + category, language), Words.Of("palette.step." + name, language), Words.Of("palette.help." + name, language),
            [.. Unwrapped(type, inputs), .. type.Inputs.Select((input, i) => inputs.Describe(type, input, i + 1))],
            [.. type.Ports.Select(port => new PortDescriptor(port, Words.Of("palette.port." + port.Replace(' ', '-'), language)))],
            IsStart: type.Name == "Elsa.Start", IsTerminal: type.Ports.Count == 0 && category == "ends");
    }

    // What Elsa writes beside its expressions; the reader reads it by name.
    private static IEnumerable<InputDescriptor> Unwrapped(StepType type, PaletteInputs inputs) => type.Name switch
    {
        Switch => [inputs.Plain("Cases", "UnregisteredClrType:System.Collections.Generic.ICollection`1[[Elsa.Workflows.Activities.Flowchart.Models.FlowSwitchCase, Elsa.Workflows.Core]], System.Private.CoreLib", "flow-switch-editor")],
        Variable => [inputs.Plain("Variable", "UnregisteredClrType:Elsa.Workflows.Memory.Variable, Elsa.Workflows.Core", "variable-picker")],
        _ => [],
    };
}
