using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.Tests.Flow;

/// <summary>Which steps a run went through is told from its record alone, and is what the interpreter did.</summary>
public class FlowCourseTests
{
    private readonly List<FlowMove> moves = [];
    private readonly List<string> entered = [];
    private FlowState state = FlowState.New;

    public static TheoryData<string> Exemptions =>
    [
        "begun",
        "begun check.approve",
        "begun check.approve review.approve",
        "begun check.approve review.approve approval.approve",
        "begun check.approve review.approve approval.approve exemptionsEnd!",
        "begun check.approve review.reject approvalOfRejection.return review.approve approval.return review.approve approval.reject",
        "begun check.return corrected check.return corrected check.approve review.return corrected checkCorrection.return corrected checkCorrection.approve review.approve",
        "begun cutOff?",
        "begun check.return cutOff?",
        "begun check.approve review.return correctionDue?",
        "begun check.approve ended",
        "begun check.return ended",
    ];

    [Theory]
    [MemberData(nameof(Exemptions))]
    public void The_way_of_an_exemption_is_the_one_that_it_took(string way)
    {
        var flow = FlowDefinition.Read(File.ReadAllText(Path.Combine(Repository.Workflows, "set-1-buy-in-exemption", "workflow.json"))).Definition!;

        foreach (var move in way.Split(' ')) Moves(flow, move, new JsonObject { ["lines"] = new JsonObject { ["asked"] = 3, ["approved"] = 2 } });

        Told(flow);
    }

    [Fact]
    public void Where_ways_part_unseen_the_visits_say_which_was_taken()
    {
        var flow = Read(new DrawnFlow().People("Check").Decision("Large", "facts.large").Status("ForTwo", "processing").Status("ForOne", "submitted").People("Two", "ClearingHouseReview").People("One", "ClearingHouseReview").Step("Finish", "Elsa.Finish")
            .Connect("Check.approve", "Large").Connect("Large.True", "ForTwo", "Two").Connect("Large.False", "ForOne", "One").Connect("Two.approve", "Finish").Connect("One.approve", "Finish"));

        Moves(flow, "begun", []);
        Moves(flow, "Check.approve", new JsonObject { ["large"] = false });

        Told(flow);
        Assert.DoesNotContain(FlowCourse.Of(flow, state, moves).Stays, s => s.Step is "ForTwo" or "Two");
    }

    [Fact]
    public void Branches_that_run_side_by_side_are_told_each()
    {
        var flow = Read(new DrawnFlow().Step("Start", "Elsa.Start").Fork("Fork", "A", "B").People("Left").People("Right").Join("Join").People("Then", "ClearingHouseReview").Step("Finish", "Elsa.Finish")
            .Connect("Start", "Fork").Connect("Fork.A", "Left").Connect("Fork.B", "Right").Connect("Left.approve", "Join").Connect("Right.approve", "Join").Connect("Join", "Then").Connect("Then.approve", "Finish"));

        Moves(flow, "begun", []);
        Moves(flow, "Right.approve", []);
        Assert.Equal(["Left"], FlowCourse.Of(flow, state, moves).WaitingAt(3));
        Moves(flow, "Left.approve", []);

        Told(flow);
        var course = FlowCourse.Of(flow, state, moves);
        Assert.Equal(["Right"], course.LeftAt(2));
        Assert.Equal(["Left"], course.LeftAt(3));
        Assert.Equal(3, course.Stays.Single(s => s.Step == "Then").Entered);
        Assert.Null(course.Stays.Single(s => s.Step == "Then").Left);
    }

    [Fact]
    public void Who_lost_a_race_waits_no_more()
    {
        var flow = Read(new DrawnFlow().Step("Start", "Elsa.Start").Fork("Fork", "A", "B").People("Left").Status("Noted", "processing").People("Right").Join("Join", "WaitAny").People("Then", "ClearingHouseReview").Step("Finish", "Elsa.Finish")
            .Connect("Start", "Fork").Connect("Fork.A", "Left").Connect("Fork.B", "Right").Connect("Left.approve", "Noted", "Join").Connect("Right.approve", "Join").Connect("Join", "Then").Connect("Then.approve", "Finish"));
        Moves(flow, "begun", []);
        Moves(flow, "Left.approve", []);

        Told(flow);
        Assert.Equal(2, FlowCourse.Of(flow, state, moves).Stays.Single(s => s.Step == "Right").Left);
    }

    [Fact]
    public void An_answer_that_was_not_the_last_one_needed_moves_nothing()
    {
        var flow = Read(new DrawnFlow().People("Check").People("Review", "ClearingHouseReview").Step("Finish", "Elsa.Finish").Connect("Check.approve", "Review").Connect("Review.approve", "Finish"));
        Moves(flow, "begun", []);
        moves.Add(new FlowMove.Answered(2, "Check", "approve"));
        Moves(flow, "Check.approve", [], 3);

        var course = FlowCourse.Of(flow, state, moves);

        Assert.Empty(course.LeftAt(2));
        Assert.Equal(["Check"], course.WaitingAt(2));
        Assert.Equal(["Check"], course.LeftAt(3));
    }

    private static FlowDefinition Read(DrawnFlow drawn) => FlowDefinition.Read(drawn.ToJson()) is { Definition: { } flow } ? flow : throw new InvalidOperationException("The flow is at fault.");

    // What was entered by each move, by the run's own counts; against what the course tells.
    private void Told(FlowDefinition flow)
    {
        var course = FlowCourse.Of(flow, state, moves);
        Assert.Equal(entered.Order(StringComparer.Ordinal), course.Stays.Select(s => $"{s.Entered} {s.Step} {s.Visit}").Order(StringComparer.Ordinal));
        Assert.Equal(state.Tokens.Select(t => (t.Step, t.Visit)), course.Stays.Where(s => s.Left is null).Select(s => (s.Step, s.Visit)));
    }

    private void Moves(FlowDefinition flow, string move, JsonObject facts, int? number = null)
    {
        var at = number ?? moves.Count + 1;
        var (stimulus, moved) = Read(at, move);
        var advance = new FlowInterpreter().Advance(flow, state, stimulus, new Facts(facts));
        Assert.True(advance is { Fault: null, Ignored: false }, $"{move}: {advance.Fault}");
        entered.AddRange(advance.State.Visits.SelectMany(v => Enumerable.Range(state.Visits.GetValueOrDefault(v.Key) + 1, v.Value - state.Visits.GetValueOrDefault(v.Key)).Select(n => $"{at} {v.Key} {n}")));
        moves.Add(moved);
        state = advance.State;
    }

    private (Stimulus Stimulus, FlowMove Move) Read(int at, string move)
    {
        if (move == "begun") return (new RunStarted(), new FlowMove.Begun(at));
        if (move == "ended") return (new RunEnded("withdrawn"), new FlowMove.Ended(at));
        if (move.EndsWith('?')) return (new DeadlinePassed(move[..^1]), new FlowMove.Passed(at, move[..^1]));
        var token = state.Tokens.First(t => !move.Contains('.', StringComparison.Ordinal) || move.StartsWith(t.Step + ".", StringComparison.Ordinal));
        if (move.EndsWith('!')) return (new WaitIsOver(token.Step, token.Visit), new FlowMove.Waited(at, move[..^1]));
        if (move == "corrected") return (new TaskAnswered(token.Step, token.Visit, Ports.Done), new FlowMove.Corrected(at));
        var port = move.Split('.')[1];
        return (new TaskAnswered(token.Step, token.Visit, port), new FlowMove.Answered(at, token.Step, port));
    }
}
