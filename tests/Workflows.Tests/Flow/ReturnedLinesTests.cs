using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;
using CsCheck;

namespace ClientConnect.Workflows.Tests.Flow;

/// <summary>Lines come back and go round again: what is decided of a line takes effect in the round in which it is decided, and in no other.</summary>
public sealed class ReturnedLinesTests
{
    private const string Approve = "approve", Reject = "reject", Return = "return";

    private static readonly FlowDefinition Flow = Drawn().Definition!;

    private readonly FlowInterpreter interpreter = new();

    private static FlowReading Drawn() => FlowDefinition.Read(new DrawnFlow()
        .Step("Start", "Elsa.Start").People("Decide", "ClearingHouseApproval").Step("Enter", "ClientConnect.ApplyToRegister", ("kind", DrawnFlow.Text("thing")), ("each", DrawnFlow.Text("approved")), ("key", DrawnFlow.Script("line.name")))
        .Decision("Back", "facts.lines.returned > 0").People("Correct", "AwaitCorrection")
        .Step("Wait", "ClientConnect.WaitUntil", ("until", DrawnFlow.Text("later")))
        .Step("Amend", "ClientConnect.ApplyToRegister", ("kind", DrawnFlow.Text("thing")), ("each", DrawnFlow.Text("approved")), ("key", DrawnFlow.Script("line.name")))
        .Step("Finish", "Elsa.Finish")
        .Connect("Start", "Decide.approve", "Enter", "Back.True", "Correct", "Decide").Connect("Back.False", "Wait", "Amend", "Finish").ToJson());

    [Fact]
    public void Whatever_comes_back_each_approved_line_takes_effect_once() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            var outcomes = new string?[random.Next(1, 7)];
            var state = interpreter.Advance(Flow, FlowState.New, new RunStarted(), Facts(outcomes, 1)).State;
            var entered = new List<int>();
            for (var round = 1; ; round++)
            {
                for (var i = 0; i < outcomes.Length; i++) outcomes[i] = outcomes[i] is null or Return ? Some(random, round) : outcomes[i];
                var decided = interpreter.Advance(Flow, state, new TaskAnswered("Decide", round, Approve), Facts(outcomes, round));
                entered.AddRange(Lines(decided));
                state = FlowState.FromJson(decided.State.ToJson());
                Assert.Equal(outcomes.Index().Where(o => o.Item == Approve).Select(o => o.Index + 1), entered.Order());
                if (!outcomes.Contains(Return)) break;
                state = interpreter.Advance(Flow, state, new TaskAnswered("Correct", round, "Done"), Facts(outcomes, round + 1)).State;
            }

            // What comes once all is decided is about all lines, in whichever round they were.
            Assert.Equal(entered.Order(), Lines(interpreter.Advance(Flow, state, new WaitIsOver("Wait", 1), Facts(outcomes, 9))));
        },
        iter: 500,
        threads: 1);

    [Fact]
    public void A_step_that_is_come_to_again_in_the_same_round_enters_its_lines_again()
    {
        var flow = FlowDefinition.Read(new DrawnFlow()
            .Step("Start", "Elsa.Start").People("Decide", "ClearingHouseApproval").Step("Enter", "ClientConnect.ApplyToRegister", ("kind", DrawnFlow.Text("thing")), ("each", DrawnFlow.Text("approved")), ("key", DrawnFlow.Script("line.name")))
            .Step("Finish", "Elsa.Finish").Connect("Start", "Decide.approve", "Enter", "Decide").Connect("Decide.return", "Finish").ToJson()).Definition!;
        var facts = Facts([Approve, Return], 1);
        var first = interpreter.Advance(flow, interpreter.Advance(flow, FlowState.New, new RunStarted(), facts).State, new TaskAnswered("Decide", 1, Approve), facts);
        var second = interpreter.Advance(flow, first.State, new TaskAnswered("Decide", 2, Approve), facts);

        Assert.Equal([1], Lines(first));
        Assert.Equal([1], Lines(second));
        Assert.Empty(Lines(interpreter.Advance(flow, second.State, new TaskAnswered("Decide", 3, Approve), Facts([Approve, Return], 2))));
    }

    [Fact]
    public void A_line_that_a_step_leaves_writes_nothing_and_needs_no_key()
    {
        var flow = FlowDefinition.Read(new DrawnFlow()
            .Step("Start", "Elsa.Start").People("Decide", "ClearingHouseApproval")
            .Step("Enter", "ClientConnect.ApplyToRegister", ("kind", DrawnFlow.Text("thing")), ("each", DrawnFlow.Text("approved")), ("key", DrawnFlow.Script("line.line == 2 ? line.name : null")), ("change", DrawnFlow.Script("line.line == 2 ? 'end' : 'leave'")))
            .Step("Finish", "Elsa.Finish").Connect("Start", "Decide.approve", "Enter", "Finish").ToJson()).Definition!;
        FlowAdvance Decided(params string?[] outcomes) => interpreter.Advance(flow, interpreter.Advance(flow, FlowState.New, new RunStarted(), Facts(outcomes, 1)).State, new TaskAnswered("Decide", 1, Approve), Facts(outcomes, 1));

        Assert.Equal([2], Lines(Decided(Approve, Approve, Approve)));
        Assert.Empty(Decided(Approve).Effects.OfType<ApplyToRegister>());
    }

    [Fact]
    public void A_key_that_is_a_list_enters_each_that_it_names_once()
    {
        var flow = FlowDefinition.Read(new DrawnFlow()
            .Step("Start", "Elsa.Start").People("Decide", "ClearingHouseApproval")
            .Step("Enter", "ClientConnect.ApplyToRegister", ("kind", DrawnFlow.Text("thing")), ("each", DrawnFlow.Text("request")), ("key", DrawnFlow.Script("'A, B, A'.split(', ')")))
            .Step("Finish", "Elsa.Finish").Connect("Start", "Decide.approve", "Enter", "Finish").ToJson()).Definition!;
        var decided = interpreter.Advance(flow, interpreter.Advance(flow, FlowState.New, new RunStarted(), Facts([], 1)).State, new TaskAnswered("Decide", 1, Approve), Facts([], 1));

        Assert.Null(decided.Fault);
        Assert.Equal(["A", "B"], decided.Effects.OfType<ApplyToRegister>().Single().Changes.Select(c => c.Key));
    }

    [Fact]
    public void A_run_of_which_no_line_came_back_is_stored_as_ever()
    {
        var facts = Facts([Approve, Reject], 1);
        var decided = interpreter.Advance(Flow, interpreter.Advance(Flow, FlowState.New, new RunStarted(), facts).State, new TaskAnswered("Decide", 1, Approve), facts);

        Assert.DoesNotContain("entered", decided.State.ToJson(), StringComparison.Ordinal);
    }

    private static string Some(Random random, int round) => random.Next(round > 4 ? 2 : 3) switch { 0 => Approve, 1 => Reject, _ => Return };

    private static IEnumerable<int> Lines(FlowAdvance advance)
    {
        Assert.Null(advance.Fault);
        return advance.Effects.OfType<ApplyToRegister>().SelectMany(a => a.Changes).Select(c => c.Line!.Value);
    }

    private static Facts Facts(string?[] outcomes, int revision)
    {
        int Count(string outcome) => outcomes.Count(o => o == outcome);
        var items = new JsonArray([.. outcomes.Select((o, i) => (JsonNode)new JsonObject { ["line"] = i + 1, ["outcome"] = o, ["name"] = $"L{i + 1}" })]);
        return new(new JsonObject
        {
            ["request"] = new JsonObject { ["revision"] = revision },
            ["lines"] = new JsonObject { ["asked"] = outcomes.Length, ["approved"] = Count(Approve), ["rejected"] = Count(Reject), ["returned"] = Count(Return), ["items"] = items },
        });
    }
}
