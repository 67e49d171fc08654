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
        Assert.Single(await FaultsAsync(Reason.Replace("maker-told", "review", StringComparison.Ordinal), TellNobody));
    }

    [Fact]
    public async Task A_release_knows_its_exemptions()
    {
        var files = new Dictionary<string, string>((await Folders.Folder).Folders[Key]);
        var service = JsonNode.Parse(files["service.json"])!;
        service["exemptions"] = JsonNode.Parse("""[{ "rule": "dead-end", "reason": "Because.", "owner": "Ann" }]""");
        files["service.json"] = service.ToJsonString();

        Assert.Equal([new Exemption("dead-end", "Because.", "Ann")], (await Folders.Loader).Load(Key, files).Bundle!.Exemptions);
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

        Assert.Contains(faults, f => f is { Place: "outcome", Code: "unknown-name", Title: "How many were approved?" } && f.Message.StartsWith("'How many were approved?' (outcome): case 'All' " + message, StringComparison.Ordinal));
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
