using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.Tests.Flow;

/// <summary>What an analyst reads of a drawing that is not finished: the names of the canvas, and all that is missing at once.</summary>
public sealed class DrawingFaultsTests
{
    [Fact]
    public void A_step_that_only_Studio_named_is_called_by_its_kind_and_its_inputs_by_their_labels()
    {
        var reading = Drawn(drawing => drawing["root"]!["activities"]!.AsArray().Add(New("c6ce1ba0eb4a5de7", "ClientConnect.TellThem", "TellThem13")));

        Assert.Contains("'Send a notice': Mail is empty. Fill it in.", reading.Faults.Select(f => f.Message));
        Assert.Contains("'Send a notice': To is empty. Fill it in.", reading.Faults.Select(f => f.Message));
        Assert.DoesNotContain(reading.Faults, f => f.Message.Contains("c6ce", StringComparison.Ordinal) || f.Message.Contains("TellThem", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_connected_is_told_together_with_what_is_not_filled_in()
    {
        var reading = Drawn(drawing => drawing["root"]!["activities"]!.AsArray().Add(New("c6ce1ba0eb4a5de7", "ClientConnect.TellThem", "TellThem13")));

        Assert.NotEmpty(reading.Faults);
        var loose = Assert.Single(reading.LooseEnds);
        Assert.Equal(("dead-step", "c6ce1ba0eb4a5de7", "'Send a notice' is dead: no way leads to it. Connect or remove it."), (loose.Code, loose.Step, loose.Message));
    }

    [Fact]
    public void A_new_step_that_something_leads_to_is_told_that_nothing_follows_it()
    {
        var reading = Drawn(drawing =>
        {
            drawing["root"]!["activities"]!.AsArray().Add(New("c6ce1ba0eb4a5de7", "ClientConnect.TellThem", "TellThem13"));
            drawing["root"]!["connections"]!.AsArray().First(c => (string?)c!["source"]!["activity"] == "tellSent")!["target"]!["activity"] = "c6ce1ba0eb4a5de7";
        });

        Assert.Contains("By 'Done' nothing follows 'Send a notice': the way stops there unsaid. Connect the port, at least to an End.", reading.LooseEnds.Select(f => f.Message));
    }

    [Fact]
    public void Steps_that_are_called_alike_are_known_by_what_comes_before_them()
    {
        var flow = Drawn(_ => { }).Definition!;

        Assert.Equal(flow.Steps.Count, flow.Steps.Select(s => s.Named).Distinct().Count());
    }

    private static FlowReading Drawn(Action<JsonNode> change)
    {
        var drawing = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Workflows, "set-1-buy-in-exemption", "workflow.json")))!;
        change(drawing);
        return FlowDefinition.Read(drawing.ToJsonString());
    }

    private static JsonObject New(string id, string type, string name) => new() { ["id"] = id, ["nodeId"] = id, ["type"] = type, ["version"] = 1, ["name"] = name };
}
