namespace ClientConnect.Workflows.Flow.Steps;

/// <summary>Finds rounds in a graph, each step and each exit looked at once.</summary>
internal static class Circling
{
    /// <summary>The rounds that a depth-first search closes: each step of a round with the exit that stays in it. None is given only where there is none.</summary>
    /// <param name="exits">Which exits of a step count.</param>
    public static IEnumerable<IReadOnlyList<(Step Step, Exit Exit)>> From(IEnumerable<Step> starts, Func<Step, IReadOnlyList<Exit>> exits)
    {
        var left = new Dictionary<Step, bool>();
        var way = new Stack<(Step Step, IReadOnlyList<Exit> Exits, int Next)>();
        foreach (var start in starts)
        {
            Begin(start);
            while (way.TryPop(out var at))
            {
                if (at.Next == at.Exits.Count)
                {
                    left[at.Step] = true;
                    continue;
                }

                way.Push(at with { Next = at.Next + 1 });
                var to = at.Exits[at.Next].To;
                if (left.TryGetValue(to, out var isLeft) && !isLeft)
                {
                    yield return [.. way.TakeWhile(w => w.Step != to).Append(way.First(w => w.Step == to)).Reverse().Select(w => (w.Step, w.Exits[w.Next - 1]))];
                }
                else
                {
                    Begin(to);
                }
            }
        }

        void Begin(Step step)
        {
            if (left.TryAdd(step, false))
            {
                way.Push((step, exits(step), 0));
            }
        }
    }

    /// <summary>A round as a way, back to the step that it began with.</summary>
    public static IReadOnlyList<WayStep> Way(IReadOnlyList<(Step Step, Exit Exit)> round) =>
        [.. round.Select(r => new WayStep(r.Step.Id, r.Step.Title, r.Exit.Port)), new WayStep(round[0].Step.Id, round[0].Step.Title, null)];
}
