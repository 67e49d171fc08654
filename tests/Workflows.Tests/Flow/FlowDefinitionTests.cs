using System.Diagnostics;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.Tests.Flow;

/// <summary>Poisoned definitions are refused when they are read, never when they run, and the words say where and what instead.</summary>
public class FlowDefinitionTests
{
    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("{\n  \"root\": ]", "LineNumber: 1")]
    [InlineData("null", "root is missing")]
    [InlineData("{}", "root is missing")]
    [InlineData("""{"root":{"type":"Elsa.Sequence"}}""", "must be an Elsa.Flowchart")]
    [InlineData("""{"root":{"type":"Elsa.Flowchart"}}""", "no steps")]
    [InlineData("""{"root":{"type":"Elsa.Flowchart","type":"Elsa.Flowchart"}}""", "no JSON")]
    [InlineData("""{"root":{"type":"Elsa.Flowchart","activities":[{"id":"\ud800","type":"Elsa.Start"}]}}""", "Unicode")]
    public void What_is_no_definition_is_refused(string json, string because) => Refused(json, "", because);

    [Fact]
    public void A_definition_of_five_megabytes_is_refused_at_once()
    {
        var watch = Stopwatch.StartNew();

        Refused(new string(' ', 5_000_000) + "{}", "", "5000002 characters");

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Ten_thousand_steps_are_refused()
    {
        var many = new JsonArray([.. Enumerable.Range(0, 10_000).Select(i => (JsonNode)new JsonObject { ["id"] = "s" + i, ["type"] = "Elsa.Start" })]);

        Refused(new JsonObject { ["root"] = new JsonObject { ["type"] = "Elsa.Flowchart", ["activities"] = many } }.ToJsonString(), "", "more than 500 steps");
    }

    [Fact]
    public void Deep_nesting_is_refused() => Refused(string.Concat(Enumerable.Repeat("{\"root\":", 10_000)), "", "no JSON");

    [Fact]
    public void Five_hundred_steps_are_read_quickly()
    {
        var flow = new DrawnFlow();
        var ids = Enumerable.Range(0, 500).Select(i => "Step" + i).ToArray();
        foreach (var id in ids)
        {
            flow.Status(id, "processing");
        }

        Accepted(flow.Connect(ids));
    }

    [Fact]
    public void A_recursive_expression_bomb_is_refused() => Refused(new DrawnFlow().Decision("Bomb", "'a'.repeat(5e8).length"), "Bomb", "calls 'repeat'");

    [Fact]
    public void Two_steps_can_not_have_one_id() => Refused(new DrawnFlow().Status("One", "processing").Status("One", "approved"), "One", "Two steps have the id");

    [Fact]
    public void A_misspelt_input_is_not_passed_over() =>
        Refused(new DrawnFlow().Step("Check", "ClientConnect.ParticipantCheck", ("deadLine2", DrawnFlow.Text("cutOff"))), "Check", "no input 'deadLine2'");

    [Fact]
    public void A_deadline_needs_a_way_out() => Refused(new DrawnFlow().People("Check", deadline: "cutOff"), "Check", "leads nowhere");

    [Fact]
    public void An_end_inside_a_fork_is_refused() =>
        Refused(new DrawnFlow().Fork("Fork", "a").People("Check").Join("Join").Step("End", "Elsa.End").Connect("Fork.a", "Check.approve", "Join").Connect("Check.reject", "End"), "End", "Use a Finish");

    [Fact]
    public void Every_branch_reaches_the_join()
    {
        var flow = new DrawnFlow().Fork("Fork", "a", "b", "c").People("A").People("B").Join("Join").Connect("Fork.a", "A.approve", "Join").Connect("Fork.b", "B");

        Refused(flow, "Fork", "Branch 'b' of 'Fork' never reaches 'Join'");
        Refused(flow, "Fork", "Branch 'c' of 'Fork' leads nowhere");
    }

    [Fact]
    public void A_join_without_a_fork_is_refused() => Refused(new DrawnFlow().People("Check").Join("Join").Connect("Check.approve", "Join"), "Join", "never forked");

    [Fact]
    public void A_fork_has_one_join() =>
        Refused(new DrawnFlow().Fork("Fork", "a", "b").People("A").People("B").Join("One").Join("Two").Connect("Fork.a", "A.approve", "One").Connect("Fork.b", "B.approve", "Two"), "Two", "Let all of them reach one join");

    [Fact]
    public void A_round_that_leaves_a_branch_backwards_is_refused() =>
        Refused(new DrawnFlow().People("Check").Fork("Fork", "a").People("A").Join("Join").Connect("Check.approve", "Fork.a", "A.approve", "Join").Connect("A.return", "Check"), "Check", "Branches come together only");

    [Fact]
    public void A_round_that_can_be_entered_in_its_middle_is_refused() =>
        Refused(new DrawnFlow().Decision("If", "true").People("A").People("B").Connect("If.True", "A.approve", "B.approve", "A").Connect("If.False", "B"), "A", "can be entered without passing");

    [Fact]
    public void A_plain_end_may_be_shared_by_ways_in_and_around_a_round() =>
        Accepted(new DrawnFlow().Decision("If", "true").People("A").People("Fix", "AwaitCorrection").Step("Finish", "Elsa.Finish").Connect("If.True", "A.approve", "Finish").Connect("A.return", "Fix", "A").Connect("If.False", "Finish"));

    [Fact]
    public void An_input_is_read_before_the_first_wait() =>
        Refused(new DrawnFlow().People("Check").Decision("If", "getInput('Amount') > 1").Connect("Check.approve", "If"), "If", "Copy it into a variable");

    [Fact]
    public void A_variable_must_be_declared() => Refused(new DrawnFlow().Decision("If", "getVariable('Typo')"), "If", "'Typo', which is not declared");

    [Fact]
    public void A_definition_says_what_service_json_must_hold()
    {
        var alarms = DrawnFlow.Json("""[{"before":"01:00","template":"reminder","to":["checkers"]}]""");
        var warning = DrawnFlow.Json("""[{"deadline":"approvalDue","before":"01:00","template":"warning","to":"reviewers, approvers"}]""");
        var definition = Accepted(new DrawnFlow()
            .Step("Check", "ClientConnect.ParticipantCheck", ("deadline", DrawnFlow.Text("cutOff")), ("reminders", alarms), ("warnings", warning))
            .Step("Until", "ClientConnect.WaitUntil", ("until", DrawnFlow.Text("effective"))).Tell("Tell", "maker").Status("Sent", "submitted")
            .Step("Apply", "ClientConnect.ApplyToRegister", ("kind", DrawnFlow.Text("exemption")), ("key", DrawnFlow.Script("line.no")))
            .Connect("Check.approve", "Until", "Apply", "Tell", "Sent").Connect("Check.deadline passed", "Sent"));

        Assert.Equal(["approvalDue", "cutOff", "effective"], definition.Deadlines);
        Assert.Equal(["note", "reminder", "warning"], definition.Templates);
        Assert.Equal(["exemption"], definition.RegisterKinds);
        Assert.Equal(["submitted"], definition.Statuses);
        Assert.Equal(["Check", "Until", "Tell", "Sent", "Apply"], definition.Steps.Select(s => s.Id));
        Assert.Equal("cutOff", definition.Steps[0].Inputs["deadline"]);
    }

    [Fact]
    public void A_state_that_was_stored_long_ago_is_still_read()
    {
        const string stored = """{"status":"running","tokens":[{"step":"Check","visit":2,"fork":"Fork1#1"}],"forks":[{"key":"Fork1#1","step":"Fork1","open":1,"arrived":true}],"visits":{"Check":2,"Fork1":1},"variables":{"Amount":1.5}}""";

        Assert.Equal(stored, FlowState.FromJson(stored).ToJson());
    }

    [Fact]
    public void A_run_of_another_release_is_a_fault_and_not_a_crash()
    {
        var definition = Accepted(new DrawnFlow().People("Check"));
        var elsewhere = FlowState.FromJson("""{"status":"running","tokens":[{"step":"Gone","visit":1}],"visits":{"Gone":1}}""");

        var advance = new FlowInterpreter().Advance(definition, elsewhere, new TaskAnswered("Gone", 1, "approve"), Facts.None);

        Assert.Contains("belongs to another release", advance.Fault!.Message, StringComparison.Ordinal);
        Assert.Same(elsewhere, advance.State);
    }

    private static FlowDefinition Accepted(DrawnFlow flow)
    {
        var reading = FlowDefinition.Read(flow.ToJson());
        Assert.True(reading.Definition is not null, string.Join("\n", reading.Faults.Select(f => f.Message)));
        return reading.Definition;
    }

    private static void Refused(DrawnFlow flow, string step, string because) => Refused(flow.ToJson(), step, because);

    private static void Refused(string json, string step, string because)
    {
        var reading = FlowDefinition.Read(json);

        Assert.Null(reading.Definition);
        Assert.True(reading.Faults.Any(f => f.Step == step && f.Message.Contains(because, StringComparison.Ordinal)), string.Join("\n", reading.Faults));
    }
}
