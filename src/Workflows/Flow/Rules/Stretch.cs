using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Rules;

/// <summary>
/// How many different people of each part have said yes to what the request holds now. Two steps of one part may be answered
/// by one person, so they do not add up: only a quorum makes two people certain.
/// </summary>
/// <param name="Corrected">Whether something was corrected since the stretch began.</param>
internal readonly record struct Acted(int Check, int Review, int Approval, bool Corrected)
{
    public static Acted AfterCorrection => new(0, 0, 0, true);

    /// <summary>More than is owed need not be told apart.</summary>
    public Acted And(TaskKind kind, int people, Owed owed) => kind switch
    {
        TaskKind.Check => this with { Check = Math.Max(Check, Math.Min(people, owed.Check)) },
        TaskKind.Review => this with { Review = Math.Max(Review, Math.Min(people, owed.Review)) },
        TaskKind.Approval => this with { Approval = Math.Max(Approval, Math.Min(people, owed.Approval)) },
        _ => this,
    };

    /// <summary>What two branches that began alike may come to: both their gains, but whoever corrected last has taken back what the other gained.</summary>
    public IEnumerable<Acted> Beside(Acted other) => (Corrected, other.Corrected) switch
    {
        (false, false) => [new(Math.Max(Check, other.Check), Math.Max(Review, other.Review), Math.Max(Approval, other.Approval), false)],
        (true, false) => [this],
        (false, true) => [other],
        _ => [this, other],
    };
}

/// <summary>A step with what has been acted when a way comes to it.</summary>
internal readonly record struct At(Step Step, Acted Acted)
{
    public static implicit operator At((Step Step, Acted Acted) at) => new(at.Step, at.Acted);
}

/// <summary>How a state was come to.</summary>
/// <param name="Port">Null where a join was passed.</param>
/// <param name="Branches">Where the fork's branches had come to by then; empty where no join was passed.</param>
internal sealed record Came(At From, string? Port, IReadOnlyList<End> Branches);

/// <summary>What one branch had come to when its join was passed.</summary>
internal sealed record End(Stretch Branch, Acted Acted);

/// <summary>All ways from a step until a join, or until they end.</summary>
internal sealed class Stretch
{
    private readonly Dictionary<At, Came?> came = [];
    private readonly Stretch? around;
    private readonly At fork;

    /// <param name="around">The stretch that the fork lies in; null for the whole flow.</param>
    /// <param name="fork">Where in it.</param>
    public Stretch(Step start, Acted acted, Step? until, Stretch? around, At fork)
    {
        (Until, this.around, this.fork) = (until, around, fork);
        came.Add((start, acted), null);
        Reached.Add((start, acted));
    }

    public Step? Until { get; }

    public List<At> Reached { get; } = [];

    /// <summary>With what the ways come to the join.</summary>
    public HashSet<Acted> Arrived { get; } = [];

    public void Reach(At at, Came how)
    {
        if (came.TryAdd(at, how))
        {
            Reached.Add(at);
        }
    }

    /// <summary>The whole way to a state, through the branches that it needed.</summary>
    public IReadOnlyList<WayStep> To(At at)
    {
        var way = new List<WayStep> { new(at.Step.Id, at.Step.Title, null) };
        Back(at, way);
        way.Reverse();
        return way;
    }

    private void Back(At at, List<WayStep> way)
    {
        var first = Within(at, way);
        if (around is not null)
        {
            way.Add(Leaving(fork.Step, first.Step));
            around.Back(fork, way);
        }
    }

    /// <summary>Backwards to the stretch's first state, which it gives.</summary>
    private At Within(At at, List<WayStep> way)
    {
        while (came[at] is { } before)
        {
            at = before.From;
            foreach (var (branch, acted) in before.Branches.Reverse())
            {
                way.Add(Leaving(at.Step, branch.Within((branch.Until!, acted), way).Step));
            }

            if (before.Port is not null)
            {
                way.Add(new(at.Step.Id, at.Step.Title, before.Port));
            }
        }

        return at;
    }

    private static WayStep Leaving(Step fork, Step first) => new(fork.Id, fork.Title, fork.Exits.Find(e => e.To == first)?.Port);
}
