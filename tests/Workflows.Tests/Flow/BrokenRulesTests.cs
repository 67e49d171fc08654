using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.Tests.Flow;

/// <summary>Each house rule once broken: its name, the step, and the way that shows it.</summary>
public class BrokenRulesTests
{
    private static readonly Owed Parts = new(Check: 1, Review: 1, Approval: 1);

    [Fact]
    public void A_way_without_a_part_is_shown_step_by_step() => Broken(
        Asked("Review").People("Approval", "ClearingHouseApproval").Status("Granted", "approved").Tell("TellGranted", "maker").Step("End", "Elsa.End")
            .Connect("Review.approve", "Approval.approve", "Granted", "TellGranted", "End").Connect("Review.reject", "Granted"),
        "review", "Granted", "Start Done, Check approve, Review reject, Granted ");

    [Fact]
    public void A_way_through_branches_is_shown_with_both() => Broken(
        Asked("Fork").Fork("Fork", "a", "b").People("Review", "ClearingHouseReview").People("Approval", "ClearingHouseApproval").Join("Join").Status("Granted", "approved").Step("End", "Elsa.End")
            .Connect("Fork.a", "Review.approve", "Join", "Granted", "End").Connect("Review.return", "Join").Connect("Fork.b", "Approval.approve", "Join"),
        "review", "Granted", "Start Done, Check approve, Fork a, Review return, Fork b, Approval approve, Join Done, Granted ");

    [Fact]
    public void A_correction_beside_a_review_takes_the_review_back() => Broken(
        Asked("Fork").Fork("Fork", "a", "b").People("Review", "ClearingHouseReview").People("Again", "AwaitCorrection").Join("Join").People("Approval", "ClearingHouseApproval").Status("Granted", "approved").Step("End", "Elsa.End")
            .Connect("Fork.a", "Review.approve", "Join", "Approval.approve", "Granted", "End").Connect("Fork.b", "Again", "Join"),
        "check", "Granted", null);

    [Fact]
    public void A_confirmed_rejection_tells_the_maker() => Broken(
        Asked("Review").People("Approval", "ClearingHouseApproval").Step("End", "Elsa.End").Connect("Review.reject", "Approval.approve", "End"),
        "maker-told", "Approval", "Approval approve, End ");

    [Fact]
    public void A_status_that_sends_back_tells_the_maker_whoever_set_it() => Broken(
        Asked("Pause").Step("Pause", "ClientConnect.WaitUntil", ("until", DrawnFlow.Text("opening"))).Status("Back", "returnedByHkex").People("Correct", "AwaitCorrection").Connect("Pause", "Back", "Correct", "Pause"),
        "maker-told", "Pause", "Pause Done, Back Done, Correct ");

    [Fact]
    public void An_answer_leads_somewhere() => Broken(Asked("Review"), "way-out", "Review", "Start Done, Check approve, Review ");

    [Fact]
    public void The_participant_is_waited_for_until_a_deadline() => Broken(Asked("Review"), "deadline", "Check", "", Parts with { Deadlines = ["cutOff"] });

    [Fact]
    public void A_deadline_that_is_only_warned_of_binds_no_participant() =>
        Assert.DoesNotContain(Faults(Asked("Pause").Step("Pause", "ClientConnect.WaitUntil", ("until", DrawnFlow.Text("opening"))), Parts with { Deadlines = ["opening"] }), f => f.Code == "deadline");

    [Fact]
    public void A_deadline_lets_nobody_go_round_for_ever()
    {
        var flow = new DrawnFlow().People("Correct", "AwaitCorrection", "due").Tell("Remind", "maker").People("Check", deadline: "due").Connect("Correct", "Check").Connect("Correct.deadline passed", "Check").Connect("Check.deadline passed", "Remind", "Correct");

        Broken(flow, "endless-deadline", "Correct", "Correct deadline passed, Check deadline passed, Remind Done, Correct ");
        Assert.DoesNotContain(Faults(flow, Parts with { MovingDeadlines = ["due"] }), f => f.Code == "endless-deadline");
    }

    [Theory]
    [InlineData("approved", "sets the status Approved")]
    [InlineData("expired", null)]
    public void Once_it_is_over_it_stays_over(string then, string? what)
    {
        var flow = Asked("Expired").Status("Expired", "expired").Status("Then", then).Step("End", "Elsa.End").Connect("Expired", "Then", "End");

        Assert.Equal(what is not null, Faults(flow, Parts).Any(f => f is { Code: "over", Step: "Expired" } && f.Message.Contains(what!, StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_is_entered_once_it_is_over() => Broken(
        Asked("Expired").Status("Expired", "expired").Step("Enter", "ClientConnect.ApplyToRegister", ("kind", DrawnFlow.Text("k")), ("key", DrawnFlow.Text("k"))).Step("End", "Elsa.End").Connect("Expired", "Enter", "End"),
        "over", "Expired", "Expired Done, Enter ");

    [Fact]
    public void No_request_is_left_where_nobody_comes_back_to_it() => Broken(
        Asked("Sent").Status("Sent", "submitted").Step("End", "Elsa.End").Connect("Sent", "End"), "outcome", "End", "Start Done, Check approve, Sent Done, End ");

    [Fact]
    public void Every_way_leads_to_an_end_that_is_drawn() => Broken(Asked("Sent").Status("Sent", "approved"), "dead-end", "Sent", "Start Done, Check approve, Sent ");

    [Fact]
    public void A_rule_that_is_exempted_accuses_nobody() =>
        Assert.DoesNotContain(Faults(Asked("Sent").Status("Sent", "approved"), Parts with { Exempt = ["dead-end", "review"] }), f => f.Code is "dead-end" or "review");

    [Fact]
    public void Every_fault_goes_by_a_rule_that_can_be_looked_up() =>
        Assert.All(Faults(Asked("Sent").Status("Sent", "approved").Status("Lost", "expired"), Parts), f => Assert.Contains(HouseRules.All, r => r.Name == f.Code));

    /// <summary>A check, behind whose approval a test goes on; with a review where it goes on there.</summary>
    private static DrawnFlow Asked(string approved)
    {
        var flow = new DrawnFlow().Step("Start", "Elsa.Start").People("Check").Connect("Start", "Check.approve", approved);
        return approved == "Review" ? flow.People("Review", "ClearingHouseReview") : flow;
    }

    private static IReadOnlyList<FlowFault> Faults(DrawnFlow flow, Owed owed)
    {
        var reading = FlowDefinition.Read(flow.ToJson());
        Assert.True(reading.Definition is not null, string.Join("\n", reading.Faults.Select(f => f.Message)));
        return HouseRules.Broken(reading.Definition, owed);
    }

    /// <param name="way">Steps and ports; null where only the fault counts.</param>
    private static void Broken(DrawnFlow flow, string rule, string step, string? way, Owed? owed = null)
    {
        var fault = Faults(flow, owed ?? Parts).FirstOrDefault(f => f.Code == rule && f.Step == step);

        Assert.True(fault is not null, string.Join("\n", Faults(flow, owed ?? Parts)));
        Assert.Equal(step, fault.Title);
        if (way is not null)
        {
            Assert.Equal(way, string.Join(", ", fault.Way.Select(w => $"{w.Step} {w.Port}")));
        }
    }
}
