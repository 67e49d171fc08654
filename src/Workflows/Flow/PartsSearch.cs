using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow;

/// <summary>
/// How many different people of each part have said yes to what the request holds now. Two steps of one part may be answered
/// by one person, so they do not add up: only a quorum makes two people certain.
/// </summary>
internal readonly record struct Acted(int Check, int Review, int Approval)
{
    public Acted And(Acted other) => new(Math.Max(Check, other.Check), Math.Max(Review, other.Review), Math.Max(Approval, other.Approval));

    /// <summary>What two branches that began alike come to: both their gains, but nothing that one of them took back.</summary>
    public Acted Beside(Acted other, Acted before) =>
        new(Beside(Check, other.Check, before.Check), Beside(Review, other.Review, before.Review), Beside(Approval, other.Approval, before.Approval));

    private static int Beside(int a, int b, int before) => Math.Min(a, b) < before ? Math.Min(a, b) : Math.Max(a, b);
}

/// <summary>
/// Searches all ways through a flow over (step, parts acted). A correction takes every yes back, since nobody has seen what
/// it changed; branches of a fork are searched each alone and come together where their join waits for all.
/// </summary>
internal sealed class PartsSearch(OwedParts owed, Reading.Faults faults)
{
    private readonly HashSet<(Step, Acted)> seen = [];

    public void From(Step start) => Search(start, default, null);

    /// <summary>Follows all ways from a step; gives the parts with which they reach the join.</summary>
    private HashSet<Acted> Search(Step start, Acted acted, Step? until)
    {
        var atJoin = new HashSet<Acted>();
        var inside = new HashSet<(Step, Acted)>();
        var due = new Stack<(Step Step, Acted Acted)>([(start, acted)]);
        while (due.TryPop(out var at))
        {
            if (at.Step == until)
            {
                atJoin.Add(at.Acted);
            }
            else if (inside.Add(at))
            {
                Judge(at.Step, at.Acted);
                foreach (var next in Next(at.Step, at.Acted))
                {
                    due.Push(next);
                }
            }
        }

        return atJoin;
    }

    private IEnumerable<(Step, Acted)> Next(Step step, Acted acted) => step switch
    {
        { Behaviour: Fork, ClosedBy: { } join } => Through(step, join, acted).Select(after => (join, after)),
        _ => step.Exits.Select(e => (e.To, After(step, e.Port, acted))),
    };

    private IEnumerable<Acted> Through(Step fork, Step join, Acted acted)
    {
        var branches = fork.Exits.Select(e => Search(e.To, acted, join)).ToList();
        if (((Join)join.Behaviour).Any)
        {
            return branches.SelectMany(b => b).Distinct().ToList();
        }

        // A branch may also end on its way: then the others go on without its part.
        IEnumerable<Acted> sums = [acted];
        foreach (var branch in branches.Where(b => b.Count > 0))
        {
            sums = sums.SelectMany(sum => branch.Select(b => sum.Beside(b, acted))).Distinct().ToList();
        }

        return sums;
    }

    private static Acted After(Step step, string port, Acted acted) => step.Behaviour switch
    {
        People { Kind: TaskKind.Correction } => default,
        People people when port == Ports.Approve => acted.And(Part(people)),
        _ => acted,
    };

    private static Acted Part(People people) => people.Kind switch
    {
        TaskKind.Check => new(HouseRules.Quorum(people), 0, 0),
        TaskKind.Review => new(0, HouseRules.Quorum(people), 0),
        TaskKind.Approval => new(0, 0, HouseRules.Quorum(people)),
        _ => default,
    };

    private void Judge(Step step, Acted acted)
    {
        if (!HouseRules.Grants(step) || !seen.Add((step, acted)))
        {
            return;
        }

        var missing = new[] { (owed.Check - acted.Check, "participant check"), (owed.Review - acted.Review, "clearing house review"), (owed.Approval - acted.Approval, "clearing house approval") }
            .Where(m => m.Item1 > 0).Select(m => $"{m.Item1} {m.Item2}").ToList();
        if (missing.Count > 0)
        {
            faults.Add(step.Id, $"A way leads to {step} without {string.Join(" and ", missing)} of what is approved there. Let every way pass {(missing.Count == 1 ? "it" : "them")}, also after a correction.");
        }
    }
}
