using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.Audit;
using ClientConnect.Workflows.Register;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>The register over HTTP: who sees what, where it came from, and files that are looked at before they count.</summary>
public sealed partial class RegisterTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Positions = "short-position", Head = "membership,key,stockCode,market,tradeDate,settlementDate,quantity\n";

    [Fact]
    public async Task A_participant_looks_up_its_own_and_everybodys_and_another_firms_is_not_there()
    {
        var (maker, other, supervisor) = (await market.As(Cast.Maker), await market.As(Cast.B09002.Maker), await market.As(Cast.Supervisor));
        var own = (await maker.GetAsync($"/api/register/{Positions}")).Accepted().Json;
        var key = own["items"]![0]!.Text("key");

        Assert.All(own["items"]!.AsArray(), e => Assert.Equal(Cast.Maker.Membership, e!.Text("membership")));
        Assert.Equal(25, own["items"]!.AsArray().Count);
        Assert.Contains(key, (await maker.GetAsync($"/register/{Positions}")).Body, StringComparison.Ordinal);
        foreach (var address in new[] { $"/register/{Positions}/{key}", $"/api/register/{Positions}/{key}" })
        {
            Assert.Equal(HttpStatusCode.OK, (await maker.GetAsync(address)).Status);
            Assert.Equal(HttpStatusCode.OK, (await supervisor.GetAsync(address)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address + "?membership=" + Cast.Maker.Membership)).Status);
        }

        Assert.Empty((await other.GetAsync($"/api/register/{Positions}?membership={Cast.Maker.Membership}")).Accepted().Json["items"]!.AsArray());
        Assert.DoesNotContain($"/register/{Positions}/{key}", (await other.GetAsync($"/register/{Positions}?q={key}")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/register/security/99001")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await maker.GetAsync("/register/occasion")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await maker.GetAsync("/api/register/nothing")).Status);
        Assert.True(Count((await supervisor.GetAsync("/api/register")).Json, Positions) > Count((await maker.GetAsync("/api/register")).Json, Positions));
    }

    [Fact]
    public async Task Only_the_clearing_house_saves_lists_and_only_a_supervisor_imports()
    {
        var (maker, reviewer) = (await market.As(Cast.Maker), await market.As(Cast.Reviewer));

        foreach (var address in new[] { $"/register/{Positions}.csv", "/register/imports", "/register/imports/new", "/register/calendar" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await maker.GetAsync(address)).Status);
            Assert.Equal(address.EndsWith("new", StringComparison.Ordinal) ? HttpStatusCode.Forbidden : HttpStatusCode.OK, (await reviewer.GetAsync(address)).Status);
        }

        var csv = (await reviewer.GetAsync($"/register/{Positions}.csv?membership={Cast.B09002.Membership}")).Body;
        Assert.StartsWith("membership,key,validFrom,validTo,request,line,", csv, StringComparison.Ordinal);
        Assert.All(csv.Trim().Split("\r\n")[1..], line => Assert.StartsWith(Cast.B09002.Membership, line, StringComparison.Ordinal));
        Assert.Contains("hkscc-b09003", (await reviewer.GetAsync("/register/contact/registered")).Location!.ToString() + (await reviewer.OpensAsync("/register/contact/registered")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("/register/imports", (await maker.GetAsync("/register")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_names_the_request_that_brought_it_to_who_may_see_it_with_roles_or_names()
    {
        var id = await market.Reviewed();
        (await (await market.As(Cast.Approver)).Approves(id)).Accepted();
        var (maker, auditor) = (await market.As(Cast.Maker), await market.As(Cast.Auditor));
        var tracker = (await maker.GetAsync($"/requests/{id}")).Body;
        var href = WebUtility.HtmlDecode(EntryLink().Match(tracker).Groups[1].Value);

        var page = (await maker.GetAsync(href)).Body;
        Assert.Contains($"href=\"/requests/{id}\"", page, StringComparison.Ordinal);
        Assert.Contains("Clearing house second reviewer", page, StringComparison.Ordinal);
        var staff = (await auditor.GetAsync(href)).Body;
        Assert.Matches("[A-Z][a-z]+ [A-Z][a-z ]+[^<]*, Clearing house second reviewer", staff);
        Assert.Equal(HttpStatusCode.NotFound, (await (await market.As(Cast.B09002.Maker)).GetAsync(href)).Status);
    }

    [Fact]
    public async Task A_file_is_looked_at_then_taken_in_once_and_the_world_still_fits_together()
    {
        var supervisor = await market.As(Cast.Supervisor);
        var file = (await supervisor.GetAsync("/register/security.csv")).Body.TrimStart('\uFEFF');
        var header = file.Split("\r\n")[0].Split(',');
        var line = string.Join(',', header.Select(h => h switch { "key" => "99099", "name" => "New Pier Foods", "currency" => "HKD", "boardLot" => "500", "market" => "HK", "eligible" => "true", _ => "" }));
        var changed = file.Replace("Kite Harbour Holdings,", "Kite Harbour Group,", StringComparison.Ordinal) + line + "\r\n";

        var page = (await supervisor.OffersImport("security", changed)).Location!.ToString();
        var preview = (await supervisor.GetAsync(page)).Accepted().Body;
        Assert.Contains("New Pier Foods", preview, StringComparison.Ordinal);
        Assert.Contains("Nothing has changed yet.", preview, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.GetAsync("/register/security/99099")).Status);

        var fields = new Dictionary<string, string> { ["contentHash"] = Hash().Match(preview).Groups[1].Value };
        Assert.Equal(HttpStatusCode.Conflict, (await supervisor.PostFormAsync(page + "/confirmation", new() { ["contentHash"] = "another" }, page)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await supervisor.PostFormAsync(page + "/confirmation", fields, page)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await supervisor.PostFormAsync(page + "/confirmation", fields, "/register/imports/new")).Status);

        var entry = (await supervisor.GetAsync("/api/register/security/99001")).Json;
        Assert.Equal(("Kite Harbour Group", "inForce", "Kite Harbour Holdings", "ended"), (entry[0]!["values"]!["name"]!.Text("en"), entry[0]!.Text("state"), entry[1]!["values"]!["name"]!.Text("en"), entry[1]!.Text("state")));
        Assert.Equal("風箏港控股", entry[0]!["values"]!["name"]!.Text("zh-Hant"));
        Assert.Contains("href=\"" + page + "\"", (await supervisor.GetAsync("/register/security/99099")).Body, StringComparison.Ordinal);
        var seen = (await (await market.As(Cast.Maker)).GetAsync("/register/security/99099")).Body;
        Assert.Contains("A file of the clearing house", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("entries.csv", seen, StringComparison.Ordinal);
        Assert.Contains("changes nothing", (await supervisor.GetAsync((await supervisor.OffersImport("security", changed)).Location!.ToString())).Body, StringComparison.Ordinal);
        Assert.Contains("entries.csv", (await (await market.As(Cast.Auditor)).GetAsync("/register/imports")).Body, StringComparison.Ordinal);

        Assert.Empty((await market.Portal.Services.GetRequiredService<AuditTheWorld>().HandleAsync(AuditEvidence.None, CancellationToken.None)).Differences);
    }

    [Fact]
    public async Task Faults_are_told_and_nothing_is_taken_in_until_somebody_says_that_they_are_left_out()
    {
        var supervisor = await market.As(Cast.Supervisor);
        var page = (await supervisor.OffersImport("isolated-trade", "membership,key,stockCode,tradeDate,settlementDate,counterpartyId,tradeQty,outstandingQty\nhkscc-b09001,I99,99001,2026-11-16,2026-11-18,B09002,5,5\nhkscc-nobody,I98,=1+1,16/11/2026,2026-11-18,B09002,5,5\n")).Location!.ToString();
        var preview = (await supervisor.GetAsync(page)).Body;
        Assert.Contains("begins like a formula", preview, StringComparison.Ordinal);
        Assert.Contains("There is no such membership", preview, StringComparison.Ordinal);
        var hash = Hash().Match(preview).Groups[1].Value;

        var refused = await supervisor.PostFormAsync(page + "/confirmation", new() { ["contentHash"] = hash }, page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("id=\"error-summary\"", refused.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await supervisor.PostFormAsync(page + "/confirmation", new() { ["contentHash"] = hash, ["without"] = "true" }, page)).Status);
        Assert.Equal(HttpStatusCode.OK, (await supervisor.GetAsync("/register/isolated-trade/I99")).Status);
        Assert.Equal(HttpStatusCode.OK, (await supervisor.GetAsync("/register/isolated-trade/I00011001")).Status);

        Assert.Equal(HttpStatusCode.Conflict, (await supervisor.PostFormAsync(page + "/removal", [], "/register/imports/new")).Status);
        var thrown = (await supervisor.OffersImport(Positions, Head + "hkscc-b09001,P1,99001,HK,2026-11-16,2026-11-18,5\n")).Location!.ToString();
        Assert.Equal(HttpStatusCode.SeeOther, (await supervisor.PostFormAsync(thrown + "/removal", [], thrown)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.GetAsync(thrown)).Status);
    }

    [Theory]
    [InlineData(Positions, "entries.csv", "nonsense\n1\n", 422, "Missing: membership, key, stockCode")]
    [InlineData(Positions, "entries.xlsx", Head + "hkscc-b09001,P1,99001,HK,2026-11-16,2026-11-18,5\n", 415, "not a CSV file")]
    [InlineData(Positions, "entries.csv", Head, 422, "no entry")]
    [InlineData("price-list", "entries.csv", Head, 422, "Choose an option")]
    [InlineData("contact", "entries.csv", Head, 422, "Choose an option")]
    public async Task What_can_not_be_read_comes_back_with_a_sentence(string kind, string name, string content, int status, string sentence)
    {
        var answer = await (await market.As(Cast.Supervisor)).OffersImport(kind, content, name);

        Assert.Equal(status, (int)answer.Status);
        Assert.Contains(sentence, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_keeps_its_state_in_the_address()
    {
        var supervisor = await market.As(Cast.Supervisor);
        var list = (await supervisor.GetAsync($"/register/{Positions}?q=PA&membership=hkscc-b09001&page=2")).Body;
        Assert.Contains("q=PA&amp;membership=hkscc-b09001&amp;page=3", list, StringComparison.Ordinal);
        Assert.Contains("q=PA&amp;membership=hkscc-b09001&amp;state=ended", list, StringComparison.Ordinal);
        Assert.Contains("Page 2 of", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calendar_is_shown_by_year_with_its_sources()
    {
        var calendar = (await (await market.As(Cast.Auditor)).GetAsync("/register/calendar?year=2026")).Accepted().Body;

        Assert.Contains("Fri 25 Dec 2026", calendar, StringComparison.Ordinal);
        Assert.Contains("/register/calendar?year=2027", calendar, StringComparison.Ordinal);
        Assert.Contains("Hong Kong government", calendar, StringComparison.Ordinal);
    }

    /// <summary>What the demonstration market and the eServices hold, somebody can look up: each kind has words in three languages.</summary>
    [Fact]
    public async Task Every_kind_that_the_register_holds_has_words()
    {
        var kinds = market.Portal.Services.GetRequiredService<IRegisterKinds>().All();
        await using var command = market.Database.Source.CreateCommand("SELECT DISTINCT kind FROM register.entry");
        await using var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await row.ReadAsync(TestContext.Current.CancellationToken)) Assert.Contains(row.GetString(0), kinds.Keys);
    }

    private static int Count(JsonNode kinds, string kind) => kinds.AsArray().Single(k => k!.Text("kind") == kind)!["inForce"]!.GetValue<int>();

    [GeneratedRegex("href=\"(/register/buy-in-exemption/[^\"]+)\"")]
    private static partial Regex EntryLink();

    [GeneratedRegex("name=\"contentHash\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Hash();
}
