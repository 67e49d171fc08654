using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests;

/// <summary>What a kind of entries calls its last day must be a value that it has, and a date wherever it comes from.</summary>
public class LastDayFaultsTests
{
    private const string Key = ExemptionForm.Key;

    [Theory]
    [InlineData("buy-in-exemption", "untill", "The kind has no value \"untill\". Did you mean \"until\"?")]
    [InlineData("short-position", "quantity", "Files bring \"quantity\", and not as a date")]
    [InlineData("short-position", "positionNo", "Files bring \"positionNo\", and not as a date")]
    public async Task The_kind_is_at_fault(string kind, string lastDay, string message) =>
        Assert.Contains(await FaultsAsync(kind, lastDay), f => f.File == "_shared/register.json" && f.Place == $"{kind}.lastDay" && f.Message.StartsWith(message, StringComparison.Ordinal));

    [Fact]
    public async Task A_date_that_files_bring_may_be_one() => Assert.Empty(await FaultsAsync("short-position", "settlementDate"));

    [Fact]
    public async Task An_eServices_own_kind_is_at_fault() =>
        Assert.Contains(await Folders.FaultsAfterAsync("ac-9-company-name", "service.json", s => s["kinds"]!["company-name"]!["lastDay"] = "validThrough"), f => f.Place == "kinds.company-name.lastDay" && f.Code == "unknown-name");

    [Theory]
    [InlineData("line.decision.quantity")]
    [InlineData("line.reasonCode")]
    [InlineData("facts.answers.market")]
    public async Task The_step_is_at_fault_that_enters_something_else_than_a_date(string said) =>
        Assert.Contains(await AfterAsync(said), f => f.File == "workflow.json" && f.Code == "last-day" && f.Message.EndsWith($"and {said} is no date.", StringComparison.Ordinal));

    [Theory]
    [InlineData("line.expectedDeliveryDate")]
    [InlineData("line.decision.until ?? facts.answers.buyInDate")]
    public async Task A_date_and_what_is_worked_out_of_dates_is_taken(string said) => Assert.DoesNotContain(await AfterAsync(said), f => f.Code == "last-day");

    private static async Task<IReadOnlyList<BundleFault>> AfterAsync(string said) => await Folders.FaultsAfterAsync(Key, "workflow.json", w =>
    {
        var values = w["root"]!["activities"]!.AsArray().Single(s => s!["kind"]?["expression"]?["value"]?.ToString() == "buy-in-exemption")!["values"]!["expression"]!;
        var all = JsonNode.Parse(values["value"]!.GetValue<string>())!;
        all["until"] = said;
        values["value"] = all.ToJsonString();
    });

    private static async Task<IReadOnlyList<BundleFault>> FaultsAsync(string kind, string lastDay)
    {
        var folder = await Folders.Folder;
        var kinds = JsonNode.Parse(folder.Shared["register.json"])!;
        kinds[kind]!["lastDay"] = lastDay;
        var loader = await BundleLoader.CreateAsync(folder with { Shared = new Dictionary<string, string>(folder.Shared) { ["register.json"] = kinds.ToJsonString() } }, TestContext.Current.CancellationToken);
        return loader.Load(Key, folder.Folders[Key]).Faults;
    }
}
