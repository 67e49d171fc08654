namespace ClientConnect.Workflows.Flow.Reading;

/// <summary>All that is wrong with a definition, in the order in which it was found.</summary>
internal sealed class Faults
{
    private readonly List<FlowFault> found = [];

    public IReadOnlyList<FlowFault> Found => found;

    public bool Any => found.Count > 0;

    public void Add(string step, string message)
    {
        var fault = new FlowFault(step, message);
        if (!found.Contains(fault))
        {
            found.Add(fault);
        }
    }
}
