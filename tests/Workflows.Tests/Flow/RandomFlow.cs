namespace ClientConnect.Workflows.Tests.Flow;

/// <summary>
/// Draws flows by chance within the subset: rows of blocks, nested forks of both modes, decisions, switches, rounds. The same
/// seed draws the same flow.
/// </summary>
/// <param name="patient">Whether each branch of a race begins with a wait and holds no fork that waits for all: only then does Elsa drop the losers as we do.</param>
internal sealed class RandomFlow(Random random, bool patient = false)
{
    private readonly DrawnFlow flow = new DrawnFlow().Variable("n", "Int32", "0");
    private int steps;
    private int races;

    public static DrawnFlow Of(int seed, bool patient = false) => new RandomFlow(new Random(seed), patient).Draw();

    private DrawnFlow Draw()
    {
        flow.Step("Start", "Elsa.Start");
        List<string> ends = ["Start.Done"];
        for (var rows = random.Next(2, 6); rows > 0; rows--)
        {
            ends = random.Next(2) == 0 ? Round(ends) : Block(ends, 0);
        }

        if (random.Next(2) == 0)
        {
            Lead(ends, Finish());
        }

        return flow;
    }

    /// <summary>Draws a block behind open ends; gives the open ends behind it.</summary>
    private List<string> Block(List<string> from, int depth) => random.Next(depth > 2 ? 4 : 9) switch
    {
        0 => Straight(from),
        1 or 2 => People(from, depth),
        3 => Pause(from),
        4 => Decision(from, depth),
        5 => Switch(from, depth),
        _ => Fork(from, depth),
    };

    private List<string> Row(List<string> from, int depth)
    {
        for (var length = random.Next(1, 3); length > 0; length--)
        {
            from = Block(from, depth);
        }

        return from;
    }

    private List<string> Straight(List<string> from)
    {
        var id = Next("Step");
        return random.Next(2) == 0
            ? Lead(from, id, () => flow.Status(id, "processing"))
            : Lead(from, id, () => flow.Set(id, "n", "variables.n + 1"));
    }

    private List<string> People(List<string> from, int depth)
    {
        var id = Next("Ask");
        var deadline = random.Next(4) > 0 ? "due" + random.Next(2) : null;
        Lead(from, id, () => flow.People(id, "ClearingHouseReview", deadline));
        List<string> ends = [$"{id}.approve"];
        if (deadline is not null)
        {
            var late = Next("Late");
            ends.AddRange(Lead([$"{id}.deadline passed"], late, () => flow.Status(late, "expired")));
        }

        switch (random.Next(4))
        {
            case 0: ends.Add($"{id}.reject"); break;
            case 1 when depth > 0: Lead([$"{id}.reject"], Finish()); break;
            case 2 when depth < 2: ends.AddRange(Straight([$"{id}.return"])); break;
        }

        return ends;
    }

    private List<string> Pause(List<string> from)
    {
        var id = Next("Until");
        return Lead(from, id, () => flow.Step(id, "ClientConnect.WaitUntil", ("until", DrawnFlow.Text("soon"))));
    }

    private List<string> Decision(List<string> from, int depth)
    {
        var id = Next("If");
        Lead(from, id, () => flow.Decision(id, $"facts.n % {random.Next(2, 4)} === 0"));
        return random.Next(4) == 0 ? [$"{id}.True", .. Row([$"{id}.False"], depth + 1)] : [.. Row([$"{id}.True"], depth + 1), .. Row([$"{id}.False"], depth + 1)];
    }

    private List<string> Switch(List<string> from, int depth)
    {
        var id = Next("Which");
        var cases = new System.Text.Json.Nodes.JsonArray();
        for (var i = 0; i < 2; i++)
        {
            cases.Add(new System.Text.Json.Nodes.JsonObject { ["label"] = "c" + i, ["condition"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "JavaScript", ["value"] = $"facts.n % 3 == {i}" } });
        }

        Lead(from, id, () => flow.Step(id, "Elsa.FlowSwitch", ("cases", cases)));
        return [.. Row([$"{id}.c0"], depth + 1), $"{id}.c1", .. Row([$"{id}.Default"], depth + 1)];
    }

    private List<string> Fork(List<string> from, int depth)
    {
        var id = Next("Fork");
        var branches = Enumerable.Range(0, random.Next(1, 4)).Select(i => "b" + i).ToArray();
        Lead(from, id, () => flow.Fork(id, branches));
        var join = Next("Join");
        var race = random.Next(2) == 0 || (patient && races > 0);
        flow.Join(join, race ? "WaitAny" : "WaitAllActive");
        races += race ? 1 : 0;
        foreach (var branch in branches)
        {
            List<string> begin = [$"{id}.{branch}"];
            Lead(Row(race && patient ? Pause(begin) : begin, depth + 1), join);
        }

        races -= race ? 1 : 0;

        return [$"{join}.Done"];
    }

    /// <summary>Returned, corrected, asked again; only outside of forks, since Elsa's join would not wait for it.</summary>
    private List<string> Round(List<string> from)
    {
        var (ask, correct) = (Next("Check"), Next("Correct"));
        Lead(from, ask, () => flow.People(ask, deadline: random.Next(2) == 0 ? "due0" : null));
        flow.People(correct, "AwaitCorrection").Connect($"{ask}.return", correct, ask);
        var ends = random.Next(2) == 0 ? Block([$"{ask}.approve"], 1) : [$"{ask}.approve"];
        Lead([$"{ask}.deadline passed"], Finish());
        return ends;
    }

    private string Finish()
    {
        var id = Next("Finish");
        flow.Step(id, "Elsa.Finish");
        return id;
    }

    private string Next(string kind) => kind + ++steps;

    private List<string> Lead(List<string> from, string to, Func<DrawnFlow>? draw = null)
    {
        draw?.Invoke();
        from.ForEach(end => flow.Connect(end, to));
        return [$"{to}.Done"];
    }
}
