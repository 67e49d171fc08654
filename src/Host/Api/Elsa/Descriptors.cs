using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>A kind of step as Studio's palette shows it; the members' names are Elsa's.</summary>
/// <param name="TypeName">As definitions name it: <c>ClientConnect.ParticipantCheck</c>.</param>
/// <param name="IsContainer">It holds other steps: the flowchart.</param>
/// <param name="IsTerminal">Nothing follows it.</param>
internal sealed record StepDescriptor(
    string TypeName, string Category, string DisplayName, string Description, IReadOnlyList<InputDescriptor> Inputs, IReadOnlyList<PortDescriptor> Ports,
    bool IsContainer = false, bool IsBrowsable = true, bool IsStart = false, bool IsTerminal = false)
{
    public string Namespace => TypeName.Split('.')[0];

    public string Name => TypeName.Split('.')[^1];

    public int Version { get; } = 1;

    public string Kind { get; } = "Action";

    public bool RunAsynchronously { get; }

    /// <summary>Ours give nothing back: what came of a step is among the facts.</summary>
    public IReadOnlyList<string> Outputs { get; } = [];

    public JsonObject CustomProperties { get; } = [];

    public JsonObject ConstructionProperties { get; } = [];
}

/// <summary>One input of a step.</summary>
/// <param name="Name">With a capital; in a definition it begins small.</param>
/// <param name="UiHint">Elsa's name of the control that edits it.</param>
/// <param name="UiSpecifications">What the control offers.</param>
/// <param name="IsWrapped">It takes an expression; false for what stands in the definition as it is.</param>
internal sealed record InputDescriptor(string Name, string TypeName, string DisplayName, string Description, int Order, string UiHint, JsonObject UiSpecifications, bool IsWrapped = true)
{
    public bool IsReadOnly { get; }

    public bool IsSensitive { get; }

    public bool AutoEvaluate { get; } = true;

    public bool IsBrowsable { get; } = true;

    public bool IsSerializable { get; } = true;

    public bool IsSynthetic { get; }
}

/// <summary>A way out of a step.</summary>
internal sealed record PortDescriptor(string Name, string DisplayName)
{
    public string Type { get; } = "Flow";

    public bool IsBrowsable { get; } = true;
}

/// <summary>A kind of expression that the interpreter understands.</summary>
/// <param name="Editor">The language by which the editor colours and completes it; null for plain text.</param>
/// <param name="IsBrowsable">It can be chosen for an input; false for what a control writes by itself.</param>
internal sealed record ExpressionDescriptor(string Type, bool IsBrowsable, [property: JsonIgnore] string? Editor = null)
{
    public string DisplayName => Type;

    public bool IsSerializable { get; } = true;

    public JsonObject Properties => Editor is null ? [] : new() { ["MonacoLanguage"] = Editor };
}

/// <summary>A type that a variable may have.</summary>
internal sealed record VariableType(string TypeName, string DisplayName, string Category, string Description);

/// <summary>Where a variable is kept between two clicks.</summary>
internal sealed record StorageDriver(string TypeName, string DisplayName)
{
    public int Priority { get; }

    public bool Deprecated { get; }
}
