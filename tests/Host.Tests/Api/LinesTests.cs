using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Spreadsheets;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>A form's lines for programs: out as a file of names and codes; a file on trial, its faults by cell, nothing stored.</summary>
public sealed class LinesTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Head = "positionNo,stockCode,outstandingShortQty,exemptQty,expectedDeliveryDate,reasonCode\n";

    [Fact]
    public async Task Lines_go_out_by_names_and_codes_whatever_the_language()
    {
        var (maker, id) = await Sample();

        var csv = Encoding.UTF8.GetString(await maker.DownloadsAsync($"/api/requests/{id}/lines/lines"));

        var line = (await maker.SeesRequest(id)).Json["answers"]!["lines"]![0]!;
        Assert.StartsWith("\uFEFFpositionNo,stockCode,outstandingShortQty,exemptQty,reasonCode,", csv, StringComparison.Ordinal);
        Assert.Contains($"{line.Text("positionNo")},{line.Text("stockCode")},{line["outstandingShortQty"]},{line["exemptQty"]},{line.Text("reasonCode")},", csv, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await maker.GetAsync($"/api/requests/{id}/lines/lines?format=pdf")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await maker.GetAsync($"/api/requests/{id}/lines/remarks")).Status);
    }

    [Fact]
    public async Task A_trial_names_each_cell_at_fault_and_stores_nothing()
    {
        var maker = await market.As(Cast.Maker);
        var id = (await maker.StartsDraft(PortalWithMail.Exemption, null)).Accepted().Id();
        var before = (await maker.SeesRequest(id)).Body;

        var trial = (await Tries(maker, id, Encoding.UTF8.GetBytes(Head + "P00TRIAL1,99003,500,500,2026-12-24 10:30,OTHER\nP00TRIAL2,99003,=1+1,#N/A,,none of these\nP00TRIAL3,99003,700,700\nP00TRIAL3,99003,700,700\n"))).Accepted().Json;

        Assert.Equal(("replace", null), (trial.Text("mode"), trial["sheet"]));
        Assert.Equal(["E2 expectedDeliveryDate time-of-day"], Faults(trial, 2));
        Assert.Equal(["C3 outstandingShortQty formula", "D3 exemptQty formula-failed", "F3 reasonCode not-an-option"], Faults(trial, 3).Order());
        Assert.Empty(Faults(trial, 4));
        Assert.Equal(["A5 positionNo duplicate"], Faults(trial, 5));
        Assert.Equal(700, trial["rows"]![2]!["line"]!["outstandingShortQty"]!.GetValue<int>());
        Assert.Equal(before, (await maker.SeesRequest(id)).Body);
    }

    [Fact]
    public async Task Rows_that_are_added_are_held_against_the_lines_that_are_there()
    {
        var (maker, id) = await Sample();
        var file = await maker.DownloadsAsync($"/api/requests/{id}/lines/lines?format=xlsx");

        Assert.Contains("A2 positionNo duplicate", Faults((await Tries(maker, id, file, "?mode=add")).Accepted().Json, 2));
        Assert.DoesNotContain("A2 positionNo duplicate", Faults((await Tries(maker, id, file, "?mode=replace")).Accepted().Json, 2));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Tries(maker, id, file, "?mode=perhaps")).Status);
    }

    [Fact]
    public async Task Unknown_headings_and_unreadable_files_are_refused_in_words()
    {
        var (maker, id) = await Sample();

        var unknown = (await Tries(maker, id, "positionNo,stockCode,colour,Stock code\nP00TRIAL4,99003,red,99003\n"u8.ToArray())).Accepted().Json;
        var none = await Tries(maker, id, Workbooks.Zip(("x", [1])));

        Assert.Equal(["colour unknown-column", "Stock code same-column"], unknown["headings"]!.AsArray().Select(h => $"{h!["heading"]} {h["code"]}"));
        Assert.Empty(unknown["rows"]!.AsArray());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "spreadsheet-not-readable"), (none.Status, none.Problem?.Code));
    }

    [Fact]
    public async Task What_is_out_of_the_makers_hands_is_on_no_trial()
    {
        var id = await market.Sent();
        var maker = await market.As(Cast.Maker);

        Assert.Equal("request-has-moved-on", (await Tries(maker, id, Encoding.UTF8.GetBytes(Head))).Problem?.Code);
        Assert.NotEmpty(await (await market.As(Cast.Checker)).DownloadsAsync($"/api/requests/{id}/lines/lines"));
    }

    private async Task<(Person Maker, string Id)> Sample()
    {
        var maker = await market.As(Cast.Maker);
        return (maker, (await maker.StartsDraft(PortalWithMail.Exemption, await maker.SampleOf(PortalWithMail.Exemption))).Accepted().Id());
    }

    private static IEnumerable<string> Faults(JsonNode trial, int row) =>
        trial["rows"]!.AsArray().Single(r => r!["row"]!.GetValue<int>() == row)!["faults"]!.AsArray().Select(f => $"{f!["cell"]} {f["column"]} {f["code"]}");

    private static Task<Answer> Tries(Person maker, string id, byte[] file, string query = "") =>
        maker.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/api/requests/{id}/lines/lines/trial{query}") { Content = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "lines.bin" } } });
}
