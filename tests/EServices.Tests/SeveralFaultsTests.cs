using System.Text.Json.Nodes;

namespace ClientConnect.EServices.Tests;

/// <summary>What is done for several memberships, beside the request and to the firm's name is checked before it is released.</summary>
public class SeveralFaultsTests
{
    private const string Key = "ac-9-company-name";

    [Theory]
    [InlineData("changeName", "memberships", "impactItems", "The form has no choices \"impactItems\" whose options are the firm's memberships")]
    [InlineData("changeName", "memberships", "membership", "The form has no choices \"membership\" whose options are the firm's memberships (optionsFrom: \"memberships\"). Did you mean \"memberships\"?")]
    [InlineData("followUp", "items", "memberships", "The form has no choices \"memberships\" whose options could be followed up.")]
    [InlineData("followUp", "items", "", "'Follow-up': Items is empty. Fill it in.")]
    [InlineData("followUp", "milestone", "noSuch", "form.json has no milestone \"noSuch\".")]
    public async Task The_step_is_at_fault(string step, string input, string value, string message) =>
        Assert.Contains(await Folders.FaultsAfterAsync(Key, "workflow.json", w => Step(w, step)[input]!["expression"]!["value"] = value), f => f.Message.StartsWith(message, StringComparison.Ordinal));

    [Fact]
    public async Task A_name_is_given_on_its_day_and_not_before() =>
        Assert.Contains(await Folders.FaultsAfterAsync(Key, "workflow.json", w => Step(w, "changeName")["effectiveOn"] =
            new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "facts.answers.effectiveDate" } }),
            f => f.Place == "changeName" && f.Message.Contains("Draw 'Wait until' before it", StringComparison.Ordinal));

    [Fact]
    public async Task A_name_stands_in_a_value_of_its_kind() =>
        Assert.Contains(await Folders.FaultsAfterAsync(Key, "service.json", s => s["kinds"]!["company-name"]!["firmName"]!["en"] = "nameEnglish"),
            f => f.Place == "kinds.company-name.firmName" && f.Message.StartsWith("The kind has no value \"nameEnglish\".", StringComparison.Ordinal));

    [Fact]
    public async Task What_is_followed_up_is_said_once_and_by_nobody_outside() =>
        Assert.Contains(await Folders.FaultsAfterAsync(Key, "form.json", f => f["milestones"]![0]!["shows"] = new JsonArray("newNameEn")),
            f => f.Place == "milestones.followedUp" && f.Message.StartsWith("Of what is followed up something is said once", StringComparison.Ordinal));

    [Fact]
    public async Task Memberships_are_chosen_outside_the_lines_and_several() =>
        Assert.Contains(await Folders.FaultsAfterAsync(Key, "form.json", f => f["sections"]![0]!["fields"]![0]!["type"] = "choice"),
            f => f.Place == "memberships" && f.Message == "Memberships are named by choices outside the lines.");

    [Fact]
    public async Task Two_checkers_are_owed_and_so_drawn() =>
        Assert.Contains(await Folders.FaultsAfterAsync(Key, "workflow.json", w => Step(w, "check").Remove("quorum")), f => f.Code == "check");

    private static JsonObject Step(JsonNode workflow, string id) => workflow["root"]!["activities"]!.AsArray().First(s => (string?)s!["id"] == id)!.AsObject();
}
