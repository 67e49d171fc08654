using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Rules;

/// <summary>All states that a flow can come into, a step and what is remembered there, each once and with the shortest way to it.</summary>
internal sealed class Ways<TMemory>
    where TMemory : notnull
{
    private readonly Dictionary<(Step, TMemory), ((Step Step, TMemory Memory) From, string Port)?> came = [];
    private readonly List<(Step Step, TMemory Memory)> reached = [];

    /// <param name="next">What follows a state: the port, the step that it leads to, and what is remembered there.</param>
    public Ways(IEnumerable<(Step Step, TMemory Memory)> starts, Func<Step, TMemory, IEnumerable<(string Port, Step To, TMemory Memory)>> next)
    {
        foreach (var start in starts)
        {
            if (came.TryAdd(start, null))
            {
                reached.Add(start);
            }
        }

        for (var i = 0; i < reached.Count; i++)
        {
            var at = reached[i];
            foreach (var (port, to, memory) in next(at.Step, at.Memory))
            {
                if (came.TryAdd((to, memory), (at, port)))
                {
                    reached.Add((to, memory));
                }
            }
        }
    }

    /// <summary>Nearest first.</summary>
    public IReadOnlyList<(Step Step, TMemory Memory)> Reached => reached;

    public bool Contains(Step step, TMemory memory) => came.ContainsKey((step, memory));

    /// <summary>The way to a state; from its beginning, or from the last wait before the state.</summary>
    public IReadOnlyList<WayStep> To((Step Step, TMemory Memory) at, bool sinceWait = false)
    {
        var way = new List<WayStep> { new(at.Step.Id, at.Step.Title, null) };
        while (came[at] is { } before)
        {
            at = before.From;
            way.Add(new(at.Step.Id, at.Step.Title, before.Port));
            if (sinceWait && at.Step.Behaviour is Waiting)
            {
                break;
            }
        }

        way.Reverse();
        return way;
    }

    /// <summary>The last step that waited before a state, and the port that was left by; null where none did.</summary>
    public (Step Step, TMemory Memory, string Port)? LastWait((Step Step, TMemory Memory) at)
    {
        while (came[at] is { } before)
        {
            at = before.From;
            if (at.Step.Behaviour is Waiting)
            {
                return (at.Step, at.Memory, before.Port);
            }
        }

        return null;
    }
}
