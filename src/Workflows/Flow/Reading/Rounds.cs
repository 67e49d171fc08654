using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Reading;

/// <summary>
/// Whether Elsa's default engine would go round as drawn. It counts how often each connection was visited and runs a step
/// when all that lead to it were visited equally often. A connection that leads back counts for nothing, so each round must
/// begin at one step that all its tokens pass, and what follows a round may be reached only through it: else one counter
/// runs ahead and the step is passed by without a word, or run too early.
/// </summary>
internal sealed class Rounds(Drawing drawing, Step start, Faults faults)
{
    private readonly Dictionary<Step, int> order = [];
    private readonly List<Step> sequence = [];
    private readonly Dictionary<Step, Step> dominator = [];
    private readonly Dictionary<Step, int> number = [];
    private readonly Dictionary<Step, int> size = [];
    private readonly ILookup<Step, Step> sources = drawing.Steps.SelectMany(s => s.Exits.Select(e => (From: s, e.To))).ToLookup(c => c.To, c => c.From);

    public void Check()
    {
        Sort();
        Dominate();
        var beginnings = new HashSet<Step>();
        foreach (var (from, to) in Connections().Where(c => IsBack(c.From, c.To)))
        {
            beginnings.Add(to);
            if (!Dominates(to, from))
            {
                faults.Add(FaultCodes.Round, to, $"The round through {from} can be entered without passing {to}, where it begins. Elsa stops at such a connection: let all ways into the round lead to {to} first.");
            }
        }

        var nearest = Nearest(beginnings);
        foreach (var (from, to) in Connections().Where(c => !IsBack(c.From, c.To) && !IsPlainEnd(c.To)))
        {
            // What the nearest beginning above dominates, all further up dominate as well.
            if (nearest[from] is { } beginning && !Dominates(beginning, to))
            {
                faults.Add(FaultCodes.Round, to, to.Behaviour is Join
                    ? $"A round begins at {beginning}, inside a branch of the fork that {to} closes. Elsa would pass the join too early: let the round go around the whole fork."
                    : $"{to} is reached from {from}, which is in or behind the round that begins at {beginning}, and also by a way around it. Elsa would pass it by after the first round: draw a step of its own for each of the two ways.");
            }
        }
    }

    /// <summary>For each step the last beginning of a round that all ways to it pass.</summary>
    private Dictionary<Step, Step?> Nearest(HashSet<Step> beginnings)
    {
        var nearest = new Dictionary<Step, Step?>();
        foreach (var step in sequence)
        {
            nearest[step] = beginnings.Contains(step) ? step : step == start ? null : nearest[dominator[step]];
        }

        return nearest;
    }

    /// <summary>A run that ends unnoticed has ended all the same.</summary>
    private static bool IsPlainEnd(Step step) => step is { Behaviour: Ending, Within: null };

    private IEnumerable<(Step From, Step To)> Connections() => sequence.SelectMany(s => s.Exits.Select(e => (s, e.To)));

    private bool IsBack(Step from, Step to) => order[to] <= order[from];

    private bool Dominates(Step above, Step step) => number[step] >= number[above] && number[step] < number[above] + size[above];

    /// <summary>Reverse postorder: a step comes after all that lead to it, but for connections that lead back.</summary>
    private void Sort()
    {
        var seen = new HashSet<Step> { start };
        var way = new Stack<(Step Step, int Exit)>([(start, 0)]);
        while (way.TryPop(out var at))
        {
            if (at.Exit == at.Step.Exits.Count)
            {
                sequence.Add(at.Step);
                continue;
            }

            way.Push(at with { Exit = at.Exit + 1 });
            if (at.Step.Exits[at.Exit].To is var to && seen.Add(to))
            {
                way.Push((to, 0));
            }
        }

        sequence.Reverse();
        for (var i = 0; i < sequence.Count; i++)
        {
            order[sequence[i]] = i;
        }
    }

    /// <summary>Cooper, Harvey and Kennedy: the nearest step that every way to a step passes.</summary>
    private void Dominate()
    {
        dominator[start] = start;
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var step in sequence.Skip(1))
            {
                var nearest = sources[step].Where(dominator.ContainsKey).Aggregate(Meet);
                changed |= !dominator.TryGetValue(step, out var known) || known != nearest;
                dominator[step] = nearest;
            }
        }

        Number();
    }

    /// <summary>So that all below one step have the numbers that follow its own.</summary>
    private void Number()
    {
        sequence.ForEach(step => size[step] = 1);
        foreach (var step in Enumerable.Reverse(sequence).SkipLast(1))
        {
            size[dominator[step]] += size[step];
        }

        var next = new Dictionary<Step, int> { [start] = 1 };
        number[start] = 0;
        foreach (var step in sequence.Skip(1))
        {
            number[step] = next[dominator[step]];
            next[dominator[step]] += size[step];
            next[step] = number[step] + 1;
        }
    }

    private Step Meet(Step a, Step b)
    {
        while (a != b)
        {
            (a, b) = order[a] > order[b] ? (dominator[a], b) : (a, dominator[b]);
        }

        return a;
    }
}
