using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests;

/// <summary>A house rule may be set aside by name, with a reason and somebody who answers for it; and what expressions of a flow name must be there.</summary>
public class ExemptionTests
{
    private const string Key = ExemptionForm.Key;

    [Theory]
    [InlineData("""[{ "rule": "reveiw", "reason": "r", "owner": "o" }]""", "exemptions[0].rule", "\"reveiw\" is no house rule. Use one of check, review, approval,")]
    [InlineData("""[{ "rule": "review", "owner": "o" }]""", "exemptions[0].reason", "\"reason\" is missing.")]
    [InlineData("""[{ "rule": "review", "reason": "", "owner": "o" }]""", "exemptions[0].reason", "It is empty.")]
    [InlineData("""[{ "rule": "review", "reason": " ", "owner": "o" }]""", "exemptions[0]", "An exemption says its reason")]
    [InlineData("""[{ "rule": "review", "reason": "r" }]""", "exemptions[0].owner", "\"owner\" is missing.")]
    [InlineData("""[{ "rule": "review", "reason": "r", "owner": "o" }, { "rule": "review", "reason": "r", "owner": "o" }]""", "exemptions[1].rule", "The rule \"review\" is exempted twice.")]
    public async Task An_exemption_is_at_fault(string exemptions, string place, string message) =>
        Assert.Contains(await FaultsAsync(exemptions, _ => { }), f => f.File == "service.json" && f.Place == place && f.Message.StartsWith(message, StringComparison.Ordinal));

    [Fact]
    public async Task A_rule_holds_until_it_is_exempted_by_its_name()
    {
        const string Reason = """[{ "rule": "maker-told", "reason": "The maker is called.", "owner": "Head of settlement" }]""";

        var broken = Assert.Single(await FaultsAsync("[]", TellNobody));
        Assert.Equal(("maker-told", "check", "Participant's check"), (broken.Code, broken.Place, broken.Title));
        Assert.Equal(["check reject", "rejectedByChecker Done", "tellRejectedByChecker Done", "endRejectedByChecker "], broken.Way.Select(w => $"{w.Step} {w.Port}"));
        Assert.Empty(await FaultsAsync(Reason, TellNobody));
        Assert.Equal(["exemption", "maker-told"], (await FaultsAsync(Reason.Replace("maker-told", "review", StringComparison.Ordinal), TellNobody)).Select(f => f.Code));
    }

    [Fact]
    public async Task An_exemption_of_one_step_leaves_the_rule_in_force_everywhere_else()
    {
        const string AtCheck = """[{ "rule": "maker-told", "reason": "The maker is called.", "owner": "Head of settlement", "step": "check" }]""";

        Assert.Empty(await FaultsAsync(AtCheck, TellNobody));
        Assert.Equal(["exemption", "maker-told"], (await FaultsAsync(AtCheck.Replace("\"check\"", "\"review\"", StringComparison.Ordinal), TellNobody)).Select(f => f.Code));
        Assert.Contains("The flow has no step \"chek\".", (await FaultsAsync(AtCheck.Replace("\"check\"", "\"chek\"", StringComparison.Ordinal), TellNobody)).Select(f => f.Message.Split(" Did you")[0]));
    }

    [Fact]
    public async Task A_release_knows_its_exemptions()
    {
        var files = new Dictionary<string, string>((await Folders.Folder).Folders[Key]);
        var (service, workflow) = (JsonNode.Parse(files["service.json"])!, JsonNode.Parse(files["workflow.json"])!);
        service["exemptions"] = JsonNode.Parse("""[{ "rule": "maker-told", "reason": "Because.", "owner": "Ann" }]""");
        TellNobody(workflow);
        (files["service.json"], files["workflow.json"]) = (service.ToJsonString(), workflow.ToJsonString());

        Assert.Equal([new Exemption("maker-told", "Because.", "Ann")], (await Folders.Loader).Load(Key, files).Bundle!.Exemptions);
    }

    public static TheoryData<string> Rules => [.. Workflows.Flow.HouseRules.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task An_exemption_from_a_rule_that_holds_is_refused_and_what_is_stored_is_read_all_the_same(string rule)
    {
        var fault = Assert.Single(await FaultsAsync($$"""[{ "rule": "{{rule}}", "reason": "For later.", "owner": "Ann" }]""", _ => { }));
        var stored = (await Folders.BundleAsync(Key)).Document.DeepClone().AsObject();
        stored["files"]!["service.json"]!["exemptions"] = JsonNode.Parse($$"""[{ "rule": "{{rule}}", "reason": "Made before.", "owner": "Ann" }]""");

        Assert.Equal(("exemption", "exemptions[0]", $"The rule \"{rule}\" holds here without an exemption. Remove it: it would hide the first slip."), (fault.Code, fault.Place, fault.Message));
        Assert.NotNull((await Folders.Loader).Load(Key, stored).Bundle);
        Assert.Equal("exemption", Assert.Single((await Folders.Loader).LoadDraft(Key, stored).Faults).Code);
    }

    [Fact]
    public async Task Who_owes_a_part_no_more_needs_its_exemption_and_so_does_a_deadline_that_no_step_waits_under()
    {
        var files = new Dictionary<string, string>((await Folders.Folder).Folders[Key]);
        var service = JsonNode.Parse(files["service.json"])!;
        service["parts"]!["review"] = 0;
        service["deadlines"]!.AsArray().Add(JsonNode.Parse(service["deadlines"]![2]!.ToJsonString().Replace("decisionDue", "spare", StringComparison.Ordinal)));
        service["exemptions"] = JsonNode.Parse("""[{ "rule": "review", "reason": "r", "owner": "o" }, { "rule": "deadline", "reason": "r", "owner": "o" }]""");
        files["service.json"] = service.ToJsonString();

        Assert.Empty((await Folders.Loader).Load(Key, files).Faults);
    }

    [Theory]
    [InlineData("facts.answers.markt == 'HK'", "reads facts.answers.markt, which is not there. Did you mean \"market\"?")]
    [InlineData("facts.lines.aproved > 0", "reads facts.lines.aproved, which is not there. Did you mean \"approved\"?")]
    [InlineData("facts.settngs.x > 0", "reads facts.settngs, which is not there. Did you mean \"settings\"?")]
    [InlineData("facts.settings['none'] > 0", "reads facts.settings.none, which is not there.")]
    [InlineData("anwsers.market == 'HK'", "names 'anwsers', which a flow does not know.")]
    [InlineData("line.outcome == 'approve'", "names 'line', which a flow does not know.")]
    public async Task What_a_condition_reads_must_be_there(string condition, string message)
    {
        var faults = await Folders.FaultsAfterAsync(Key, "workflow.json", w => Step(w, "outcome")["cases"]![0]!["condition"]!["value"] = condition);

        Assert.Contains(faults, f => f is { Place: "outcome", Code: "unknown-name", Title: "How many were approved?" } && f.Message.StartsWith("'How many were approved?': case 'All' " + message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deadline_that_no_step_knows_is_named() =>
        Assert.Contains(
            await Folders.FaultsAfterAsync(Key, "service.json", s => s["deadlines"]!.AsArray().Add(JsonNode.Parse(s["deadlines"]![2]!.ToJsonString().Replace("decisionDue", "spare", StringComparison.Ordinal)))),
            f => f is { File: "service.json", Place: "deadlines[5]", Code: "deadline" });

    private static void TellNobody(JsonNode workflow) => Step(workflow, "tellRejectedByChecker")["to"]!["expression"]!["value"] = "[\"checker\"]";

    private static JsonObject Step(JsonNode workflow, string id) => workflow["root"]!["activities"]!.AsArray().Single(a => a!["id"]!.GetValue<string>() == id)!.AsObject();

    private static async Task<IReadOnlyList<BundleFault>> FaultsAsync(string exemptions, Action<JsonNode> change)
    {
        var files = new Dictionary<string, string>((await Folders.Folder).Folders[Key]);
        var (service, workflow) = (JsonNode.Parse(files["service.json"])!, JsonNode.Parse(files["workflow.json"])!);
        service["exemptions"] = JsonNode.Parse(exemptions);
        change(workflow);
        (files["service.json"], files["workflow.json"]) = (service.ToJsonString(), workflow.ToJsonString());
        return (await Folders.Loader).Load(Key, files).Faults;
    }
}
