using System.Text.Json.Nodes;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Tests.Flow;

namespace ClientConnect.EServices.Tests.Mutants;

/// <summary>The checker is checked: slips are made in every drawing, and what it says is held against what happens when the drawing is played.</summary>
public class MutantTests(ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task Nine_in_ten_mutants_that_break_a_rule_are_caught_and_none_that_keeps_them_is_accused(string key)
    {
        var bundle = await Folders.BundleAsync(key);
        var workflow = bundle.File("workflow.json")!.AsObject();
        Assert.Null(new Oracle(bundle.Service, Playground.Of(workflow)!).Verdict());
        var random = new Random(20261128);
        var mutations = new Mutations(workflow);
        var tally = new Tally();
        foreach (var mutant in mutations.Single().Concat(mutations.Misdrawn(random, World.IsLong ? 20 : 2)).Concat(mutations.Double(random, World.IsLong ? 600 : 40)))
        {
            tally.Count(mutant, Verdict(bundle, mutant), (await FaultsAsync(key, mutant)).ToList());
        }

        output.WriteLine(tally.Words(key));
        tally.Judge();
    }

    [Fact]
    public async Task Branches_that_run_side_by_side_are_judged_as_well()
    {
        var parts = new Owed(1, 1, 1);
        var workflow = Branching();
        Assert.Empty(Faults(workflow, parts));
        var service = (await Folders.BundleAsync(ExemptionForm.Key)).Service with { Deadlines = [], Parts = new Parts(1, 1, 1) };
        Assert.Null(new Oracle(service, Playground.Of(workflow)!).Verdict());
        var tally = new Tally();
        var mutations = new Mutations(workflow);
        foreach (var mutant in mutations.Single().Concat(mutations.Misdrawn(new Random(4), 10)))
        {
            var verdict = Playground.Of(mutant.Workflow) is { } playground ? new Oracle(service, playground).Verdict() : "its branches can't be played";
            tally.Count(mutant, verdict, [.. Faults(mutant.Workflow, parts).Select(BundleFault.Of)]);
        }

        output.WriteLine(tally.Words("branches"));
        tally.Judge();
    }

    /// <summary>Two reviews side by side, and a round about them.</summary>
    private static JsonObject Branching() => new DrawnFlow().Step("Start", "Elsa.Start").Status("Pending", "pendingChecker").People("Check")
        .Status("Sent", "submitted").Fork("Fork", "a", "b").People("ReviewA", "ClearingHouseReview").People("ReviewB", "ClearingHouseReview").Join("Join", "WaitAllActive")
        .People("Approval", "ClearingHouseApproval").Status("Granted", "approved").Tell("TellGranted", "maker").Step("Finish", "Elsa.Finish")
        .Status("Returned", "returnedByChecker").Tell("TellReturned", "maker").People("Correct", "AwaitCorrection")
        .Status("Refused", "rejectedByChecker").Tell("TellRefused", "maker").Step("EndRefused", "Elsa.End")
        .Status("NoA", "rejectedByHkex").Tell("TellNoA", "maker").Step("FinishA", "Elsa.Finish").Status("NoB", "rejectedByHkex").Tell("TellNoB", "maker").Step("FinishB", "Elsa.Finish")
        .Status("No", "rejectedByHkex").Tell("TellNo", "maker").Step("FinishNo", "Elsa.Finish")
        .Connect("Start", "Pending", "Check.approve", "Sent", "Fork.a", "ReviewA.approve", "Join", "Approval.approve", "Granted", "TellGranted", "Finish")
        .Connect("Fork.b", "ReviewB.approve", "Join").Connect("Check.return", "Returned", "TellReturned", "Correct", "Pending").Connect("Check.reject", "Refused", "TellRefused", "EndRefused")
        .Connect("ReviewA.reject", "NoA", "TellNoA", "FinishA").Connect("ReviewA.return", "NoA").Connect("ReviewB.reject", "NoB", "TellNoB", "FinishB").Connect("ReviewB.return", "NoB")
        .Connect("Approval.return", "Sent").Connect("Approval.reject", "No", "TellNo", "FinishNo").Model();

    private static IReadOnlyList<FlowFault> Faults(JsonObject workflow, Owed owed) =>
        FlowDefinition.Read(workflow.ToJsonString()) is { Definition: { } flow } ? HouseRules.Broken(flow, owed) : FlowDefinition.Read(workflow.ToJsonString()).Faults;

    private static string? Verdict(EServiceBundle bundle, Mutant mutant) =>
        Playground.Of(mutant.Workflow) is { } playground ? new Oracle(bundle.Service, playground).Verdict() : "it can't be read as a drawing";

    private static async Task<IEnumerable<BundleFault>> FaultsAsync(string key, Mutant mutant) =>
        (await Folders.FaultsWithAsync(key, "workflow.json", mutant.Workflow.ToJsonString())).Where(f => f.File is "workflow.json" or "service.json");

    private sealed class Tally
    {
        private readonly SortedDictionary<string, (int All, int Breaking, int Caught)> kinds = new(StringComparer.Ordinal);

        /// <summary>Refused, though by our own engine they would run well: Elsa's would go their rounds another way.</summary>
        private int forElsa;

        private readonly SortedDictionary<string, int> codes = new(StringComparer.Ordinal);

        public List<string> Missed { get; } = [];

        public List<string> Accused { get; } = [];

        public int Breaking => kinds.Values.Sum(k => k.Breaking);

        public void Count(Mutant mutant, string? verdict, List<BundleFault> faults)
        {
            var (all, breaking, caught) = kinds.GetValueOrDefault(mutant.Kind);
            var isCaught = verdict is not null && faults.Count > 0;
            kinds[mutant.Kind] = (all + 1, breaking + (verdict is null ? 0 : 1), caught + (isCaught ? 1 : 0));
            foreach (var code in isCaught ? faults.Select(f => f.Code).Distinct() : [])
            {
                codes[code] = codes.GetValueOrDefault(code) + 1;
            }

            if (verdict is not null && faults.Count == 0)
            {
                Missed.Add($"{mutant.Kind} {mutant.What}: {verdict}");
            }
            else if (verdict is null && faults.Count > 0 && faults.TrueForAll(f => f.Code == FaultCodes.Round))
            {
                forElsa++;
            }
            else if (verdict is null && faults.Count > 0)
            {
                Accused.Add($"{mutant.Kind} {mutant.What}: {string.Join(" ", faults)}");
            }
        }

        public void Judge()
        {
            Assert.True(Accused.Count == 0, "Accused though nothing is broken:\n" + string.Join('\n', Accused));
            Assert.True(Breaking >= 100, $"Only {Breaking} mutants break a rule.");
            Assert.True(Missed.Count * 10 <= Breaking, "Not caught:\n" + string.Join('\n', Missed));
        }

        public string Words(string key) =>
            $"{key}: {kinds.Values.Sum(k => k.All)} mutants, {Breaking} break a rule, {kinds.Values.Sum(k => k.Caught)} of them caught, {Accused.Count} unbroken ones accused, {forElsa} refused only because Elsa's engine would run them otherwise\n"
            + string.Join('\n', kinds.Select(k => $"  {k.Key}: {k.Value.All} made, {k.Value.Breaking} breaking, {k.Value.Caught} caught"))
            + $"\n  caught by {string.Join(", ", codes.Select(c => $"{(c.Key.Length == 0 ? "other checks" : c.Key)} {c.Value}"))}"
            + string.Concat(Missed.Select(m => $"\n  missed: {m}"));
    }
}
