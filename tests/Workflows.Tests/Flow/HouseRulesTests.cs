using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.Tests.Flow;

public class HouseRulesTests
{
    private static readonly Owed All = new(Check: 1, Review: 1, Approval: 1);

    [Fact]
    public void A_flow_that_passes_all_parts_and_tells_the_maker_keeps_the_rules() => Assert.Empty(Check(Whole()));

    [Fact]
    public void Nothing_is_approved_without_the_approver() =>
        Faulty(Whole(review: "Granted"), All, "Granted", "without 1 clearing house approval");

    [Fact]
    public void An_exemption_owes_fewer_parts() => Assert.DoesNotContain(Check(Whole(review: "Granted"), All with { Approval = 0 }), f => f.Step == "Granted");

    [Fact]
    public void What_was_corrected_is_checked_again() =>
        Faulty(Whole(corrected: "Review"), All, "Granted", "without 1 participant check");

    [Fact]
    public void Two_checkers_are_certain_only_by_a_quorum() =>
        Faulty(Whole(), All with { Check = 2 }, "Granted", "without 1 participant check");

    [Fact]
    public void Parts_that_act_in_branches_of_one_fork_count_together() => Assert.DoesNotContain(Check(Parallel("WaitAllActive")), f => f.Step == "Granted");

    [Fact]
    public void Of_branches_that_race_only_one_part_has_acted() => Faulty(Parallel("WaitAny"), All, "Granted", "without");

    [Fact]
    public void Whoever_asked_is_told_of_a_return() => Faulty(Whole(told: false), All, "Review", "without telling the maker");

    [Fact]
    public void Every_answer_leads_somewhere() =>
        Faulty(new DrawnFlow().People("Check").Step("Finish", "Elsa.Finish").Connect("Check.approve", "Finish"), All, "Check", "'reject', but nothing follows");

    [Fact]
    public void A_step_that_nothing_leads_to_is_dead() =>
        Faulty(new DrawnFlow().Step("Start", "Elsa.Start").Status("Lost", "processing").Status("Found", "processing").Connect("Start", "Found"), All, "Lost", "dead");

    [Fact]
    public void Nobody_is_waited_for_when_the_request_is_over() =>
        Faulty(new DrawnFlow().Status("Expired", "expired").People("Check").Connect("Expired", "Check"), All, "Expired", "waits for somebody");

    [Fact]
    public void A_round_has_a_way_out() =>
        Faulty(new DrawnFlow().People("Check").People("Correct", "AwaitCorrection").Connect("Check.approve", "Correct", "Check").Connect("Check.return", "Correct").Connect("Check.reject", "Correct"), All, "Check", "no way leads to an end");

    private static DrawnFlow Whole(string review = "Approval", string corrected = "Check", bool told = true)
    {
        return new DrawnFlow().Step("Start", "Elsa.Start").People("Check").People("Review", "ClearingHouseReview").People("Approval", "ClearingHouseApproval")
            .Status("Granted", "approved").Step("Finish", "Elsa.Finish")
            .Tell("TellReturn", "maker").People("Correct", "AwaitCorrection").Tell("TellReject", "maker", "checker").Status("Rejected", "rejectedByHkex")
            .Tell("TellCheck", "maker").Status("Refused", "rejectedByChecker").Tell("TellRefused", "maker").People("CorrectCheck", "AwaitCorrection")
            .Connect("Start", "Check.approve", "Review.approve", review).Connect("Approval.approve", "Granted", "Finish")
            .Connect("Check.return", "TellCheck", "CorrectCheck", "Check").Connect("Check.reject", "Refused", "TellRefused", "Finish")
            .Connect("Review.return", told ? "TellReturn" : "Correct").Connect("TellReturn", "Correct", corrected).Connect("Review.reject", "TellReject", "Rejected", "Finish")
            .Connect("Approval.return", "Review").Connect("Approval.reject", "TellReject");
    }

    private static DrawnFlow Parallel(string mode)
    {
        return new DrawnFlow().People("Check").Fork("Fork", "a", "b").People("Review", "ClearingHouseReview").People("Approval", "ClearingHouseApproval").Join("Join", mode)
            .Status("Granted", "approved").Tell("Tell", "maker").Step("Finish", "Elsa.Finish")
            .Connect("Check.approve", "Fork.a", "Review.approve", "Join", "Granted", "Finish").Connect("Fork.b", "Approval.approve", "Join").Connect("Check.reject", "Tell", "Finish").Connect("Check.return", "Tell");
    }

    private static IReadOnlyList<FlowFault> Check(DrawnFlow flow, Owed? owed = null)
    {
        var reading = FlowDefinition.Read(flow.ToJson());
        Assert.True(reading.Definition is not null, string.Join("\n", reading.Faults.Select(f => f.Message)));
        return HouseRules.Broken(reading.Definition, owed ?? All);
    }

    private static void Faulty(DrawnFlow flow, Owed owed, string step, string because) =>
        Assert.Contains(Check(flow, owed), f => f.Step == step && f.Message.Contains(because, StringComparison.Ordinal));
}
