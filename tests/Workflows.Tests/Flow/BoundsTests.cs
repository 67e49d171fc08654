using System.Diagnostics;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Flow.Reading;

namespace ClientConnect.Workflows.Tests.Flow;

/// <summary>Whatever an analyst, a slip or an attacker hands in is refused with step and reason before anybody has waited for it; and reading costs in proportion to size.</summary>
public class BoundsTests(ITestOutputHelper output)
{
    /// <summary>On a busy machine; two seconds are what is promised.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("no definition", FaultCodes.NoDefinition, "")]
    [InlineData("wrong JSON", FaultCodes.NoDefinition, "")]
    [InlineData("five megabytes", FaultCodes.TooLarge, "")]
    [InlineData("five megabytes of one step", FaultCodes.TooLarge, "")]
    [InlineData("ten thousand steps", FaultCodes.TooLarge, "")]
    [InlineData("a round without a wait", FaultCodes.EndlessRound, "A")]
    [InlineData("an unknown step", FaultCodes.UnknownStep, "A")]
    [InlineData("a step of another version", FaultCodes.UnknownVersion, "A")]
    [InlineData("another Elsa", FaultCodes.UnknownVersion, "")]
    [InlineData("one id twice", FaultCodes.DuplicateId, "A")]
    [InlineData("an endless expression", FaultCodes.Expression, "A")]
    [InlineData("an expression that grows", FaultCodes.Expression, "A")]
    [InlineData("a very deep expression", FaultCodes.Expression, "A")]
    [InlineData("a thousand cases", FaultCodes.TooLarge, "A")]
    [InlineData("a fork that Studio can't draw", FaultCodes.Fork, "A")]
    [InlineData("a join for nobody", FaultCodes.Join, "A")]
    public void It_is_refused_in_time(string what, string code, string step)
    {
        var json = Json(what);
        var watch = Stopwatch.StartNew();
        var reading = FlowDefinition.Read(json);

        Assert.True(watch.Elapsed < Soon, $"{what} took {watch.Elapsed}.");
        Assert.Null(reading.Definition);
        Assert.Contains(reading.Faults, f => f.Code == code && f.Step == step && f.Message.Length > 20);
        Assert.InRange(reading.Faults.Count, 1, 200);
    }

    [Theory]
    [InlineData("a straight line")]
    [InlineData("diamonds")]
    [InlineData("forks in a row")]
    [InlineData("forks in forks")]
    [InlineData("rounds")]
    [InlineData("rounds in rounds")]
    [InlineData("many ways out")]
    [InlineData("one round without a wait")]
    public void Ten_thousand_steps_are_judged_by_their_number_not_by_their_ways(string shape)
    {
        var json = Large(shape).ToJson();
        var watch = Stopwatch.StartNew();
        var reading = DefinitionReader.Read(json, int.MaxValue, int.MaxValue);
        var read = watch.Elapsed;
        var broken = reading.Definition is { } flow ? HouseRules.Broken(flow, new(1, 2, 1) { Deadlines = ["due"] }) : reading.Faults;

        output.WriteLine($"{shape}: {json.Length:N0} characters, read in {read.TotalMilliseconds:N0} ms, judged in {(watch.Elapsed - read).TotalMilliseconds:N0} ms, {broken.Count} faults");
        Assert.True(watch.Elapsed < Soon, $"{shape} took {watch.Elapsed}.");
        Assert.NotEmpty(broken);
        Assert.Equal(shape == "one round without a wait", reading.Definition is null);
    }

    private static string Json(string what) => what switch
    {
        "no definition" => """{"name":"holiday list","days":["2026-12-25"]}""",
        "wrong JSON" => """{"root":{"type":"Elsa.Flowchart","activities":[}}""",
        "five megabytes" => new string(' ', 5_000_000) + "{}",
        "five megabytes of one step" => new DrawnFlow().Tell(new string('x', 5_000_000), "maker").ToJson(),
        "ten thousand steps" => Large("a straight line").ToJson(),
        "a round without a wait" => new DrawnFlow().Step("Start", "Elsa.Start").Status("A", "processing").Status("B", "submitted").Connect("Start", "A", "B", "A").ToJson(),
        "an unknown step" => new DrawnFlow().Step("A", "Elsa.Delay").ToJson(),
        "a step of another version" => Changed(new DrawnFlow().Status("A", "processing"), m => m["root"]!["activities"]![0]!["version"] = 7),
        "another Elsa" => Changed(new DrawnFlow().Status("A", "processing"), m => m["toolVersion"] = "4.1.0.0"),
        "one id twice" => new DrawnFlow().Status("A", "processing").Status("A", "submitted").ToJson(),
        "an endless expression" => new DrawnFlow().Decision("A", "(() => { while (true) {} })()").ToJson(),
        "an expression that grows" => new DrawnFlow().Decision("A", "'a'.padStart(5e8).length > 0").ToJson(),
        "a very deep expression" => new DrawnFlow().Decision("A", new string('(', 1_990) + "1" + new string(')', 1_990) + " + ").ToJson(),
        "a thousand cases" => new DrawnFlow().Step("A", "Elsa.FlowSwitch", ("cases", Cases(1_000))).ToJson(),
        "a fork that Studio can't draw" => new DrawnFlow().Step("A", "Elsa.FlowFork", ("branches", DrawnFlow.Text("[not a list"))).ToJson(),
        _ => new DrawnFlow().People("Check").Join("A").Connect("Check.approve", "A").ToJson(),
    };

    private static DrawnFlow Large(string shape)
    {
        var flow = new DrawnFlow().Step("Start", "Elsa.Start");
        var last = "Start";
        switch (shape)
        {
            case "a straight line": Row(10_000, (f, i) => f.Status($"S{i}", i % 2 == 0 ? "processing" : "expired")); break;
            case "diamonds": Chain(3_300, (f, i, from) => f.Decision($"D{i}", "true").Status($"A{i}", "approved").People($"R{i}", "ClearingHouseReview").Connect(from, $"D{i}.True", $"A{i}").Connect($"D{i}.False", $"R{i}.approve", $"D{i + 1}").Connect($"R{i}.reject", $"A{i}"), i => $"A{i}"); flow.Status("D3300", "approved"); break;
            case "forks in a row": Chain(2_000, (f, i, from) => f.Fork($"F{i}", "a", "b").People($"A{i}", "ClearingHouseReview").People($"B{i}", "AwaitCorrection").Join($"J{i}").Status($"G{i}", "approved").Connect(from, $"F{i}.a", $"A{i}.approve", $"J{i}", $"G{i}").Connect($"F{i}.b", $"B{i}", $"J{i}"), i => $"G{i}"); break;
            case "forks in forks": Chain(200, Nested, i => $"J{i}x0"); break;
            case "rounds": Chain(5_000, (f, i, from) => f.People($"P{i}").People($"C{i}", "AwaitCorrection").Connect(from, $"P{i}.return", $"C{i}", $"P{i}"), i => $"P{i}.approve"); break;
            case "rounds in rounds": Chain(4_000, (f, i, from) => f.People($"P{i}").Connect(from, $"P{i}"), i => $"P{i}.approve"); Enumerable.Range(1, 3_999).ToList().ForEach(i => flow.Connect($"P{i}.return", $"P{i / 2}")); break;
            case "many ways out": Chain(100, (f, i, from) => f.Step($"W{i}", "Elsa.FlowSwitch", ("cases", Cases(99))).Connect(from, $"W{i}"), i => $"W{i}.Default"); Enumerable.Range(0, 9_900).ToList().ForEach(i => flow.Status($"S{i}", "processing").Connect($"W{i / 99}.c{i % 99}", $"S{i}")); break;
            default: Row(10_000, (f, i) => f.Status($"S{i}", "processing")); flow.Connect("S9999", "S0"); break;
        }

        return flow;

        void Row(int count, Action<DrawnFlow, int> draw) => Chain(count, (f, i, from) => { draw(f, i); f.Connect(from, $"S{i}"); }, i => $"S{i}");

        void Chain(int count, Action<DrawnFlow, int, string> draw, Func<int, string> end)
        {
            for (var i = 0; i < count; i++)
            {
                draw(flow, i, last);
                last = end(i);
            }
        }
    }

    /// <summary>A fork within a branch of a fork, and on; a review in each other branch.</summary>
    private static void Nested(DrawnFlow flow, int number, string from)
    {
        for (var depth = 0; depth < 16; depth++)
        {
            var (fork, join, ask) = ($"F{number}x{depth}", $"J{number}x{depth}", $"P{number}x{depth}");
            flow.Fork(fork, "a", "b").People(ask, depth % 2 == 0 ? "ClearingHouseReview" : "AwaitCorrection").Join(join, depth % 3 == 0 ? "WaitAny" : "WaitAllActive")
                .Connect(depth == 0 ? from : $"F{number}x{depth - 1}.a", fork).Connect($"{fork}.b", depth % 2 == 0 ? $"{ask}.approve" : ask, join);
            if (depth > 0)
            {
                flow.Connect(join, $"J{number}x{depth - 1}");
            }
        }

        flow.Status($"S{number}", "approved").Connect($"F{number}x15.a", $"S{number}", $"J{number}x15");
    }

    private static JsonArray Cases(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new JsonObject { ["label"] = $"c{i}", ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "true" } })];

    private static string Changed(DrawnFlow flow, Action<JsonObject> change)
    {
        var model = flow.Model();
        change(model);
        return model.ToJsonString();
    }
}
