using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Reading;

/// <summary>All that is wrong with a definition, in the order in which it was found.</summary>
internal sealed class Faults
{
    /// <summary>More than anybody mends in one go; a spoiled file must not cost more than its reading.</summary>
    private const int Most = 200;

    private readonly List<FlowFault> found = [];
    private readonly HashSet<(string Step, string Message)> said = [];

    public IReadOnlyList<FlowFault> Found => found;

    public bool Any => found.Count > 0;

    /// <summary>About the whole definition.</summary>
    public void Add(string code, string message) => Add(code, "", "", message, null);

    /// <param name="way">Asked only where the fault is kept.</param>
    public void Add(string code, Step step, string message, Func<IReadOnlyList<WayStep>>? way = null) => Add(code, step.Id, step.Title, message, way);

    public void Add(string code, string step, string title, string message, Func<IReadOnlyList<WayStep>>? way = null)
    {
        if (found.Count < Most && said.Add((step, message)))
        {
            found.Add(new FlowFault(step, message) { Code = code, Title = title, Way = way?.Invoke() ?? [] });
        }
    }
}
