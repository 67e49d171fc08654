using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;
using CsCheck;

namespace ClientConnect.Workflows.Tests.Flow;

/// <summary>Any definition and any order of stimuli: it never throws, never loses or doubles a token, and always says the same.</summary>
public class AnyFlowTests(ITestOutputHelper output)
{
    private const int Runs = 1_000;
    private readonly FlowInterpreter interpreter = new();
    private readonly Dictionary<string, int> coverage = [];

    [Fact]
    public void Any_flow_under_any_stimuli_keeps_its_tokens()
    {
        Gen.Int.Sample(seed => Run(seed), iter: Runs, threads: 1);

        foreach (var (what, runs) in coverage.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{what}: {runs} of {Runs} runs");
        }

        foreach (var what in new[] { "fork", "join", "second round", "deadline port", "refusal" })
        {
            Assert.True(coverage.GetValueOrDefault(what) >= Runs / 5, $"Only {coverage.GetValueOrDefault(what)} of {Runs} runs reached a {what}.");
        }
    }

    [Fact]
    public void Any_garbage_is_read_or_refused_but_never_throws() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            var json = Spoiled(RandomFlow.Of(random.Next()).Model(), random);
            var reading = FlowDefinition.Read(json);
            Assert.Equal(reading.Definition is null, reading.Faults.Count > 0);
            if (reading.Definition is { } definition)
            {
                HouseRules.Broken(definition, new(1, 1, 1));
                Assert.NotEmpty(FlowOutline.Of(definition, FlowLabels.None));
                Walk(definition, random, []);
            }
        },
        iter: Runs,
        threads: 1);

    [Fact]
    public void Any_text_is_refused_but_never_throws() =>
        Gen.String.Sample(text => Assert.NotEmpty(FlowDefinition.Read(text).Faults), iter: Runs);

    private void Run(int seed)
    {
        var random = new Random(seed);
        var reading = FlowDefinition.Read(RandomFlow.Of(random.Next()).ToJson());
        Assert.True(reading.Definition is not null, string.Join("\n", reading.Faults.Select(f => f.Message)));
        var seen = new HashSet<string>();
        Walk(reading.Definition, random, seen);
        foreach (var what in seen)
        {
            coverage[what] = coverage.GetValueOrDefault(what) + 1;
        }
    }

    private void Walk(FlowDefinition definition, Random random, HashSet<string> seen)
    {
        var state = FlowState.New;
        var tasks = new HashSet<(string, int)>();
        for (var i = 0; i < 25; i++)
        {
            var facts = new Facts(new JsonObject { ["n"] = random.Next(6) });
            var stimulus = i == 0 ? new RunStarted() : Choose(state, definition, random);
            var path = new List<string>();
            var advance = FlowInterpreter.Advance(definition, state, stimulus, facts, path);

            Assert.Equal(Text(advance), Text(interpreter.Advance(definition, FlowState.FromJson(state.ToJson()), stimulus, facts)));
            Assert.Equal(advance.State.ToJson(), FlowState.FromJson(advance.State.ToJson()).ToJson());
            CheckTokens(advance);
            CheckTasks(advance, tasks);
            if (advance.Fault is not null || advance.Ignored)
            {
                Assert.Same(state, advance.State);
                Assert.Empty(advance.Effects);
            }

            Note(seen, advance, stimulus, path);
            state = advance.State;
            if (state.IsFinished && random.Next(3) == 0)
            {
                break;
            }
        }
    }

    private static Stimulus Choose(FlowState state, FlowDefinition definition, Random random)
    {
        var token = state.Tokens.Length > 0 ? state.Tokens[random.Next(state.Tokens.Length)] : new("Start", 1, null);
        string[] ports = ["approve", "approve", "return", "return", "reject", "Done", "deadline passed", "nonsense"];
        return random.Next(20) switch
        {
            0 => new RunStarted(),
            1 => new TaskAnswered(definition.Steps[random.Next(definition.Steps.Count)].Id, random.Next(3), "approve"),
            2 => new TaskAnswered("Nobody", 1, "approve"),
            3 when random.Next(8) == 0 => new RunEnded("withdrawn"),
            < 8 => new DeadlinePassed("due" + random.Next(2)),
            _ when token.Step.StartsWith("Until", StringComparison.Ordinal) => new WaitIsOver(token.Step, token.Visit),
            _ when token.Step.StartsWith("Correct", StringComparison.Ordinal) => new TaskAnswered(token.Step, token.Visit, "Done"),
            _ => new TaskAnswered(token.Step, token.Visit, ports[random.Next(ports.Length)]),
        };
    }

    /// <summary>The law of conservation: each open fork has as many branches under way as it says, and nothing is left at the end.</summary>
    private static void CheckTokens(FlowAdvance advance)
    {
        var state = advance.State;
        Assert.Equal(state.Tokens.Length, state.Tokens.Select(t => (t.Step, t.Visit)).Distinct().Count());
        Assert.Equal(state.Tokens.Select(t => (t.Step, t.Visit)), advance.Waits.Select(w => (w.Step, w.Visit)));
        foreach (var fork in state.Forks)
        {
            Assert.Equal(fork.Open, state.Tokens.Count(t => t.Fork == fork.Key) + state.Forks.Count(f => f.Around == fork.Key));
            Assert.True(fork.Open > 0);
        }

        Assert.All(state.Tokens, t => Assert.True(t.Fork is null || state.Forks.Any(f => f.Key == t.Fork)));
        Assert.Equal(state.Status == FlowStatus.Running, state.Tokens.Length > 0);
        Assert.True(state.Tokens.Length > 0 || state.Forks.Length == 0);
    }

    /// <summary>Tasks open once, close once, and are open exactly where people are waited for.</summary>
    private static void CheckTasks(FlowAdvance advance, HashSet<(string, int)> tasks)
    {
        foreach (var effect in advance.Effects)
        {
            switch (effect)
            {
                case OpenTask open: Assert.True(tasks.Add((open.Step, open.Visit))); break;
                case CloseTask close: Assert.True(tasks.Remove((close.Step, close.Visit))); break;
            }
        }

        Assert.Equal(advance.Waits.Where(w => w.ActivityType != "ClientConnect.WaitUntil").Select(w => (w.Step, w.Visit)).Order(), tasks.Order());
    }

    private static void Note(HashSet<string> seen, FlowAdvance advance, Stimulus stimulus, List<string> path)
    {
        if (path.Exists(p => p.StartsWith("Fork", StringComparison.Ordinal)))
        {
            seen.Add("fork");
        }

        if (path.Exists(p => p.StartsWith("Join", StringComparison.Ordinal)))
        {
            seen.Add("join");
        }

        if (advance.State.Visits.Any(v => v.Value > 1))
        {
            seen.Add("second round");
        }

        if (stimulus is DeadlinePassed && path.Count > 0)
        {
            seen.Add("deadline port");
        }

        if (advance.Fault is not null)
        {
            seen.Add("refusal");
        }

        if (advance.State.IsFinished)
        {
            seen.Add("end");
        }
    }

    /// <summary>Takes out, doubles or replaces a few values anywhere in the definition.</summary>
    private static string Spoiled(JsonObject model, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var nodes = new List<JsonNode>();
            Collect(model, nodes);
            var node = nodes[random.Next(nodes.Count)];
            JsonNode?[] others = [null, "", "x", 1, -1.5, true, new JsonArray(), new JsonObject(), "while(true){}", "[\"b0\"]", "Elsa.FlowFork", "Start", nodes[random.Next(nodes.Count)].DeepClone()];
            if (node.Parent is not null)
            {
                node.ReplaceWith(others[random.Next(others.Length)]);
            }
        }

        var text = model.ToJsonString();
        return random.Next(10) == 0 ? text.Remove(random.Next(text.Length), 1) : text;
    }

    private static void Collect(JsonNode? node, List<JsonNode> into)
    {
        if (node is null)
        {
            return;
        }

        into.Add(node);
        foreach (var child in node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] })
        {
            Collect(child, into);
        }
    }

    private static string Text(FlowAdvance advance) =>
        JsonSerializer.Serialize(advance.Effects) + advance.State.ToJson() + JsonSerializer.Serialize(advance.Waits) + advance.Fault + advance.Ignored;
}
