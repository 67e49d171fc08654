using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Rules;

/// <summary>
/// Searches all ways through a flow over (step, parts acted). A correction takes every yes back, since nobody has seen what
/// it changed; branches of a fork are searched each alone and come together where their join lets them. What a branch comes
/// to depends only on how it began, so each is searched once.
/// </summary>
internal sealed class PartsSearch(Owed owed, Reading.Faults faults)
{
    private readonly Dictionary<(Step, Acted), Stretch> known = [];
    private readonly HashSet<(Step, string)> accused = [];

    public void From(Step start) => Search(new Stretch(start, default, null, null, default));

    private Stretch Search(Stretch stretch)
    {
        for (var i = 0; i < stretch.Reached.Count; i++)
        {
            var at = stretch.Reached[i];
            if (at.Step == stretch.Until)
            {
                stretch.Arrived.Add(at.Acted);
                continue;
            }

            Judge(stretch, at);
            if (at.Step is { Behaviour: Fork, ClosedBy: { } join })
            {
                Through(stretch, at, join);
                continue;
            }

            foreach (var exit in at.Step.Exits)
            {
                stretch.Reach((exit.To, After(at.Step, exit.Port, at.Acted)), new(at, exit.Port, []));
            }
        }

        return stretch;
    }

    private void Through(Stretch around, At fork, Step join)
    {
        var begin = fork.Acted with { Corrected = false };
        var branches = fork.Step.Exits.Select(e => Branch(around, fork, e.To, begin, join)).ToList();
        foreach (var (sum, ends) in ((Join)join.Behaviour).Any ? First(branches) : All(branches, begin))
        {
            around.Reach((join, sum with { Corrected = sum.Corrected || fork.Acted.Corrected }), new(fork, null, ends));
        }
    }

    private Stretch Branch(Stretch around, At fork, Step first, Acted begin, Step join)
    {
        if (!known.TryGetValue((first, begin), out var branch))
        {
            known[(first, begin)] = branch = new Stretch(first, begin, join, around, fork);
            Search(branch);
        }

        return branch;
    }

    /// <summary>Only the winner's part is certain, and not even that where another branch may have been corrected since.</summary>
    private static IEnumerable<(Acted, IReadOnlyList<End>)> First(List<Stretch> branches)
    {
        var corrected = branches.Exists(b => b.Reached.Exists(r => r.Acted.Corrected));
        return branches.SelectMany(b => b.Arrived.Select(a => (Sum: corrected && !a.Corrected ? Acted.AfterCorrection : a, Ends: (IReadOnlyList<End>)[new End(b, a)])))
            .DistinctBy(s => s.Sum);
    }

    /// <summary>A branch that never arrives ends the run, or is at fault for it: it adds nothing.</summary>
    private static IEnumerable<(Acted, IReadOnlyList<End>)> All(List<Stretch> branches, Acted begin)
    {
        var sums = new Dictionary<Acted, IReadOnlyList<End>> { [begin] = [] };
        foreach (var branch in branches.Where(b => b.Arrived.Count > 0))
        {
            var more = new Dictionary<Acted, IReadOnlyList<End>>();
            foreach (var (sum, ends) in sums)
            {
                foreach (var arrived in branch.Arrived)
                {
                    foreach (var both in sum.Beside(arrived))
                    {
                        more.TryAdd(both, [.. ends, new End(branch, arrived)]);
                    }
                }
            }

            sums = more;
        }

        return sums.Select(s => (s.Key, s.Value));
    }

    private Acted After(Step step, string port, Acted acted) => step.Behaviour switch
    {
        People { Kind: TaskKind.Correction } => Acted.AfterCorrection,
        People people when port == Ports.Approve => acted.And(people.Kind, HouseRules.Quorum(people), owed),
        _ => acted,
    };

    private void Judge(Stretch stretch, At at)
    {
        if (!HouseRules.Grants(at.Step))
        {
            return;
        }

        Judge(HouseRules.Check, owed.Check - at.Acted.Check, "participant check");
        Judge(HouseRules.Review, owed.Review - at.Acted.Review, "clearing house review");
        Judge(HouseRules.Approval, owed.Approval - at.Acted.Approval, "clearing house approval");

        void Judge(string rule, int missing, string part)
        {
            if (missing > 0 && accused.Add((at.Step, rule)))
            {
                faults.Add(rule, at.Step, $"A way leads to {at.Step} without {missing} {part} of what is approved there. Let every way pass it, also after a correction.", () => stretch.To(at));
            }
        }
    }
}
