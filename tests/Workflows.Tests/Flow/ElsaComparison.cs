using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;
using CsCheck;

namespace ClientConnect.Workflows.Tests.Flow;

/// <summary>What is accepted passes the same steps in the same order as by Elsa's counters, whatever is answered.</summary>
public class ElsaComparison
{
    [Fact]
    public void Every_accepted_flow_goes_as_by_Elsas_counters() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            var reading = FlowDefinition.Read(RandomFlow.Of(random.Next(), patient: true).ToJson());
            Assert.NotNull(reading.Definition);
            Compare(reading.Definition, random);
        },
        iter: 400,
        threads: 1);

    /// <summary>Any connections at all: most are refused, and those that are not go alike too.</summary>
    [Fact]
    public void Every_wild_flow_that_is_accepted_goes_as_by_Elsas_counters()
    {
        var accepted = 0;
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                if (FlowDefinition.Read(Wild(random)).Definition is { } definition)
                {
                    accepted++;
                    Compare(definition, random);
                }
            },
            iter: 3_000,
            threads: 1);

        Assert.True(accepted > 100, $"Only {accepted} of 3,000 wild flows were accepted.");
    }

    private static string Wild(Random random)
    {
        var flow = new DrawnFlow().Step("Start", "Elsa.Start");
        var steps = random.Next(3, 8);
        for (var i = 0; i < steps; i++)
        {
            _ = random.Next(5) switch
            {
                0 => flow.Status("s" + i, "processing"),
                1 => flow.Decision("s" + i, "facts.n % 2 == 0"),
                _ => flow.People("s" + i),
            };
        }

        if (random.Next(2) == 0)
        {
            flow.Step("Finish", "Elsa.Finish").Connect($"s{random.Next(steps)}.reject", "Finish").Connect($"s{random.Next(steps)}.return", "Finish");
        }

        flow.Connect("Start", "s0");
        for (var i = 0; i < steps; i++)
        {
            foreach (var port in PortsOf(flow, i).Where(_ => random.Next(3) > 0))
            {
                flow.Connect($"s{i}.{port}", "s" + (random.Next(3) == 0 ? random.Next(steps) : Math.Min(steps - 1, i + random.Next(1, 3))));
            }
        }

        return flow.ToJson();
    }

    private static string[] PortsOf(DrawnFlow flow, int step) =>
        flow.Model()["root"]!["activities"]!.AsArray().First(a => (string?)a!["id"] == "s" + step)!["type"]!.GetValue<string>() switch
        {
            "Elsa.FlowDecision" => ["True", "False"],
            "ClientConnect.SetStatus" => ["Done"],
            _ => ["approve", "return"],
        };

    private static void Compare(FlowDefinition definition, Random random)
    {
        var elsa = new ElsaCounters(definition);
        var facts = new JsonObject { ["n"] = random.Next(6) };
        var path = new List<string>();
        var state = FlowInterpreter.Advance(definition, FlowState.New, new RunStarted(), new(facts), path).State;
        elsa.Start(facts);
        for (var i = 0; i < 25 && state.Tokens.Length > 0; i++)
        {
            Same(path, state, elsa);
            var token = state.Tokens[random.Next(state.Tokens.Length)];
            var wait = definition.Step(token.Step)!;
            var port = wait.Answers[random.Next(wait.Answers.Count)];
            facts["n"] = random.Next(6);
            Stimulus stimulus = token.Step.StartsWith("Until", StringComparison.Ordinal) ? new WaitIsOver(token.Step, token.Visit) : new TaskAnswered(token.Step, token.Visit, port);
            state = FlowInterpreter.Advance(definition, state, stimulus, new(facts), path).State;
            elsa.Answer(token.Step, port, facts);
        }

        Same(path, state, elsa);
    }

    private static void Same(List<string> path, FlowState state, ElsaCounters elsa)
    {
        // A plain end that Elsa passes by ends the run all the same.
        Assert.Equal(path.Where(p => !p.StartsWith("Finish", StringComparison.Ordinal)), elsa.Path.Where(p => !p.StartsWith("Finish", StringComparison.Ordinal)));
        Assert.Equal(state.Tokens.Select(t => t.Step).Order(StringComparer.Ordinal), elsa.AtRest.Order(StringComparer.Ordinal));
    }
}
