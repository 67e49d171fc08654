using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// One release of an eService: its whole folder with what it uses of <c>_shared</c>, read, checked and immutable, under one hash.
/// </summary>
/// <param name="Hash">Of <paramref name="Document"/>'s canonical text: layout and line ends don't change it, every word does.</param>
/// <param name="Flow">The drawing in its compiled form.</param>
/// <param name="Mails">Text by template, then by language.</param>
/// <param name="Layout">The HTML around every mail, as of this release.</param>
/// <param name="Scenarios">Stories by file name, as YAML.</param>
/// <param name="Sample">How a complete example is made; null where the folder has none.</param>
/// <param name="Document">All files by name, as they are stored and exported: JSON as JSON, the rest as text.</param>
public sealed record EServiceBundle(
    string Hash,
    EServiceDefinition Service,
    FormDefinition Form,
    FlowDefinition Flow,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Mails,
    string Layout,
    IReadOnlyDictionary<string, string> Scenarios,
    Sample? Sample,
    JsonObject Document)
{
    public string Key => Service.Key;

    /// <summary>
    /// Whether a reviewer may return single lines: where the drawing asks nowhere how many were returned, such a line would have no
    /// way to go.
    /// </summary>
    public bool ReturnsLines { get; } = Flow.Conditions.Any(c => c.Contains("lines.returned", StringComparison.Ordinal));

    /// <summary>What its flow's names are called, in English.</summary>
    public FlowLabels Labels => new(name => Service.Deadlines.FirstOrDefault(d => d.Name == name)?.Label.En ?? name);

    /// <summary>The house rules that do not hold here, for the page of the release.</summary>
    public IReadOnlyList<Exemption> Exemptions => Service.Exemptions;

    /// <summary>Whether the drawing or the rules of the service have a word anywhere: a fact's name, a kind of step.</summary>
    public bool Draws(string word) => new[] { "workflow.json", "service.json" }.Any(file => File(file)?.ToJsonString().Contains(word, StringComparison.Ordinal) == true);

    /// <summary>A file as it is stored, by its path; null where the release has none. The release's own: clone it to change it.</summary>
    public JsonNode? File(string path) => (Document["files"] as JsonObject)?[path];
}

/// <summary>What came of reading a folder: a bundle, or everything that is wrong with it.</summary>
public sealed record BundleReading(EServiceBundle? Bundle, IReadOnlyList<BundleFault> Faults);

/// <summary>One thing that is wrong in an eService's folder.</summary>
/// <param name="File">Relative to the folder; shared files begin with <c>_shared/</c>.</param>
/// <param name="Place">JSON path or step; empty for the whole file.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record BundleFault(string File, string Place, string Message)
{
    /// <summary>For machines: a house rule's name, another code of the flow's (<see cref="FaultCodes"/>), or of the folder's (<see cref="BundleFaultCodes"/>).</summary>
    public required string Code { get; init; }

    /// <summary>What the analyst called the step; empty where it is about no step.</summary>
    public string Title { get; init; } = "";

    /// <summary>The way through the flow on which a rule is broken, to be marked on the drawing; empty where there is none.</summary>
    public IReadOnlyList<WayStep> Way { get; init; } = [];

    internal static BundleFault Of(FlowFault fault) => new("workflow.json", fault.Step, fault.Message) { Code = fault.Code, Title = fault.Title, Way = fault.Way };

    public override string ToString() => Place.Length == 0 ? $"{File}: {Message}" : $"{File} at {Place}: {Message}";
}
