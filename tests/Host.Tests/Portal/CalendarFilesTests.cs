using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Calendars as files, over HTTP: saved, brought back, looked at with the deadlines that would move, and taken in.</summary>
public sealed partial class CalendarFilesTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    internal const string HongKong = "calendar-hong-kong";

    private const string Saved = "/register/calendar/hong-kong.csv";

    [Fact]
    public async Task What_was_saved_comes_back_and_changes_nothing()
    {
        var supervisor = await market.As(Cast.Supervisor);
        foreach (var name in new[] { "hong-kong", "mainland" })
        {
            var csv = (await supervisor.GetAsync($"/register/calendar/{name}.csv")).Accepted().Body.TrimStart('\uFEFF');
            Assert.StartsWith("date,kind,name,name.zh-Hant,name.zh-Hans,source,verified\r\n", csv, StringComparison.Ordinal);
            var page = (await supervisor.OffersImport("calendar-" + name, csv)).Location!.ToString();
            Assert.Contains("the file changes nothing", (await supervisor.GetAsync(page)).Body, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.GetAsync("/register/calendar/moon.csv")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await market.As(Cast.Maker)).GetAsync(Saved)).Status);
        var (reviewer, form) = (await (await market.As(Cast.Reviewer)).GetAsync("/register/calendar"), (await supervisor.GetAsync("/register/imports/new?kind=" + HongKong)).Body);
        Assert.Contains(Saved, reviewer.Accepted().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("/register/imports/new", reviewer.Body, StringComparison.Ordinal);
        Assert.Contains("date,kind,name,name.zh-Hant,name.zh-Hans,source,verified", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deadlines_that_move_are_shown_before_and_told_after()
    {
        var (supervisor, maker) = (await market.As(Cast.Supervisor), await market.As(Cast.Maker));
        var id = await market.Sent();
        var due = DateOnly.FromDateTime(DateTime.Parse((await maker.SeesRequest(id)).Json["deadlines"]!["cutOff"]!.Text("dueAt")[..10], System.Globalization.CultureInfo.InvariantCulture));
        var file = await With(supervisor, due);

        var page = (await supervisor.OffersImport(HongKong, file)).Location!.ToString();
        var preview = (await supervisor.GetAsync(page)).Accepted().Words();
        Assert.Contains("Deadlines that would pass at once", preview, StringComparison.Ordinal);
        Assert.Contains("Still with its firm", preview, StringComparison.Ordinal);
        Assert.Contains("Day of mourning", preview, StringComparison.Ordinal);
        Assert.DoesNotContain((await maker.SeesRequest(id)).Json.Text("number"), preview, StringComparison.Ordinal);

        var second = await market.As(Cast.Supervisor2);
        var fields = new Dictionary<string, string> { ["contentHash"] = Hash().Match((await second.GetAsync(page)).Body).Groups[1].Value };
        Assert.Equal(HttpStatusCode.SeeOther, (await second.PostFormAsync(page + "/confirmation", fields, page)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await second.PostFormAsync(page + "/confirmation", fields, "/register/imports/new")).Status);

        Assert.Contains("Deadlines that passed at once", (await supervisor.GetAsync(page)).Words(), StringComparison.Ordinal);
        Assert.Contains("Calendar: Hong Kong", (await (await market.As(Cast.Auditor)).GetAsync("/register/imports")).Body, StringComparison.Ordinal);
        Assert.Contains("Deadlines moved with the market calendar", (await maker.GetAsync($"/requests/{id}")).Words(), StringComparison.Ordinal);
        Assert.Contains("a deadline has moved", (await maker.GetAsync("/notices")).Words(), StringComparison.Ordinal);
        Assert.NotNull((await maker.GetAsync($"/api/requests/{id}/timeline")).Json.AsArray().Single(e => e!.Text("what") == "deadlinesMoved")!["moved"]![0]!.Text("to"));
        Assert.Contains("Day of mourning", (await supervisor.GetAsync($"/register/calendar?year={due.Year}")).Body, StringComparison.Ordinal);
        Assert.Empty((await market.Portal.Services.GetRequiredService<AuditTheWorld>().HandleAsync(AuditEvidence.None, TestContext.Current.CancellationToken)).Differences);
    }

    [Fact]
    public async Task A_calendar_with_a_fault_can_not_be_confirmed()
    {
        var supervisor = await market.As(Cast.Supervisor);
        var offered = (await supervisor.OffersFile(HongKong, (await supervisor.GetAsync(Saved)).Body.TrimStart('\uFEFF') + "2026-02-30,closed,No day,,,Nobody,true\r\n")).Accepted().Json;
        var address = $"/register/imports/{offered["import"]!["id"]}";
        Assert.Equal(("date", "not-iso-date"), (offered["faults"]![0]!.Text("column"), offered["faults"]![0]!.Text("code")));

        var second = await market.As(Cast.Supervisor2);
        foreach (var person in new[] { supervisor, second })
        {
            var page = (await person.GetAsync(address)).Body;
            Assert.Contains("A calendar is taken in as a whole", page, StringComparison.Ordinal);
            Assert.DoesNotContain("/confirmation", page, StringComparison.Ordinal);
            Assert.DoesNotContain("hand-on", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Waits for a second person", page, StringComparison.Ordinal);
        }

        var hash = (await second.GetAsync($"/api{address}")).Json.Text("contentHash");
        var refused = await second.SendsJsonAsync(HttpMethod.Post, $"/api{address}/confirmation", new JsonObject { ["contentHash"] = hash, ["withoutFaulty"] = true });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "calendar-has-faults"), (refused.Status, refused.Problem!.Code));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await second.PostFormAsync(address + "/confirmation", new() { ["contentHash"] = hash }, "/register/imports/new")).Status);
    }

    [Fact]
    public async Task A_program_offers_looks_confirms_and_drops_as_a_person_does()
    {
        var (supervisor, reviewer, maker) = (await market.As(Cast.Supervisor), await market.As(Cast.Reviewer), await market.As(Cast.Maker));
        var second = await market.As(Cast.Supervisor2);
        const string File = "date,kind,name,source,verified\n2027-01-01,closed,New Year,State Council,false\n";
        var offered = (await supervisor.OffersFile("calendar-mainland", File)).Accepted();
        var address = offered.Location!.ToString();
        Assert.Equal(("2027-01-01", 1), (offered.Json["begins"]![0]!.Text("key"), offered.Json["counts"]!["begun"]!.GetValue<int>()));

        Assert.Null((await reviewer.GetAsync(address)).Accepted().Json["contentHash"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await maker.GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reviewer.OffersFile("calendar-mainland", File)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.OffersFile("contact", File)).Status);
        var stale = await second.SendsJsonAsync(HttpMethod.Post, address + "/confirmation", new JsonObject { ["contentHash"] = "another" });
        Assert.Equal("import-is-not-as-seen", stale.Problem!.Code);
        Assert.Equal("unknown-field", (await second.SendsJsonAsync(HttpMethod.Post, address + "/confirmation", new JsonObject { ["contentHash"] = "x", ["force"] = true })).Problem!.Body["fields"]![0]!.Text("code"));

        var (looked, own) = ((await second.GetAsync(address)).Json, (await supervisor.GetAsync(address)).Json);
        var hash = looked.Text("contentHash");
        Assert.Null(looked["whyNot"]);
        Assert.Null(own["contentHash"]);
        Assert.Equal("You uploaded this calendar yourself: another person has to confirm it.", own.Text("whyNot"));
        var alone = (await supervisor.SendsJsonAsync(HttpMethod.Post, address + "/confirmation", new JsonObject { ["contentHash"] = hash })).Refused("you-offered-the-calendar");
        Assert.Equal((403, own.Text("whyNot")), (alone.Status, alone.Title));
        for (var call = 0; call < 2; call++)
        {
            Assert.Equal(1, (await second.SendsJsonAsync(HttpMethod.Post, address + "/confirmation", new JsonObject { ["contentHash"] = hash })).Accepted().Json["begun"]!.GetValue<int>());
        }

        var done = (await reviewer.GetAsync(address)).Json["import"]!;
        Assert.NotNull(done.Text("importedAt"));
        Assert.Equal(("Yuen Chi Keung", "Lui Wing Tong"), (done.Text("offeredBy"), done.Text("importedBy")));
        Assert.Equal("import-is-done", (await supervisor.SendsJsonAsync(HttpMethod.Delete, address)).Problem!.Code);

        // Told that it waits, and who offered it what became of it.
        Assert.Equal(address, "/api/register/imports/" + (await supervisor.SeesNotices()).Json["items"]![0].Text("importId"));
        await market.Mail.FirstAsync(m => m.To.Contains(Cast.Supervisor2.Email) && m.Subject == "Mainland: a calendar waits for a second person" && m.Text.Contains(address["/api".Length..], StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await market.Mail.FirstAsync(m => m.To.Contains(Cast.Supervisor.Email) && m.Subject == "Mainland: your calendar was imported" && m.Text.Contains("Lui Wing Tong", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var again = (await supervisor.OffersFile("calendar-mainland", File)).Accepted().Location!.ToString();
        Assert.Equal(HttpStatusCode.NoContent, (await supervisor.SendsJsonAsync(HttpMethod.Delete, again)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.GetAsync(again)).Status);
        Assert.Contains((await reviewer.GetAsync("/api/register/imports")).Accepted().Json["items"]!.AsArray(), i => i!.Text("kind") == "calendar-mainland");
    }

    [Fact]
    public async Task Its_author_reads_how_to_hand_it_on_and_a_second_person_imports_it_or_throws_it_away()
    {
        var (author, second) = (await market.As(Cast.Supervisor), await market.As(Cast.Supervisor2));
        var csv = (await author.GetAsync("/register/calendar/mainland.csv")).Body.TrimStart('\uFEFF');
        var page = (await author.OffersImport("calendar-mainland", csv.Replace(",true", ",false", StringComparison.Ordinal), "mainland-again.csv")).Location!.ToString();

        var own = (await author.GetAsync(page)).Accepted();
        Assert.Contains("You uploaded this calendar yourself: another person has to confirm it.", own.Words(), StringComparison.Ordinal);
        Assert.Contains("These people can confirm it: Lui Wing Tong.", own.Words(), StringComparison.Ordinal);
        Assert.Contains(page + "</a>", own.Body, StringComparison.Ordinal);
        Assert.Contains("What it would do", own.Words(), StringComparison.Ordinal);
        Assert.Contains(page + "/removal", own.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("/confirmation", own.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("contentHash", own.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(page, (await author.GetAsync("/notices")).Body, StringComparison.Ordinal);

        Assert.Contains($"href=\"{page}\"", (await second.GetAsync("/notices")).Body, StringComparison.Ordinal);
        foreach (var list in new[] { "/register/imports", "/register/calendar" })
        {
            var listed = await (await market.As(Cast.Auditor)).GetAsync(list);
            Assert.Contains($"href=\"{page}\"", listed.Accepted().Body, StringComparison.Ordinal);
            Assert.Contains("Yuen Chi Keung", listed.Words(), StringComparison.Ordinal);
        }

        Assert.Contains("Waits for a second person", (await second.GetAsync("/register/imports")).Words(), StringComparison.Ordinal);
        var unread = (await second.SeesNotices()).Json["unread"]!.GetValue<int>();
        var seconds = (await second.GetAsync(page)).Accepted();
        Assert.Equal(unread - 1, (await second.SeesNotices()).Json["unread"]!.GetValue<int>());
        Assert.Contains("Yuen Chi Keung uploaded this calendar. You are the second person", seconds.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("hand-on", seconds.Body, StringComparison.Ordinal);

        var fields = new Dictionary<string, string> { ["contentHash"] = Hash().Match(seconds.Body).Groups[1].Value };
        var alone = await author.PostFormAsync(page + "/confirmation", fields, page);
        Assert.Equal(HttpStatusCode.Forbidden, alone.Status);
        Assert.Contains("another person has to confirm it", alone.Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await second.PostFormAsync(page + "/confirmation", fields, page)).Status);
        foreach (var done in new[] { await author.GetAsync(page), await (await market.As(Cast.Auditor)).GetAsync("/register/imports") })
        {
            Assert.Contains("Yuen Chi Keung", done.Words(), StringComparison.Ordinal);
            Assert.Contains("Lui Wing Tong", done.Words(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(page, (await second.GetAsync("/register/calendar")).Body, StringComparison.Ordinal);
        var back = (await author.OffersImport("calendar-mainland", csv)).Location!.ToString();
        Assert.Equal(HttpStatusCode.SeeOther, (await second.PostFormAsync(back + "/removal", [], back)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await author.GetAsync(back)).Status);
        Assert.Contains("Mainland: your calendar was thrown away", (await author.GetAsync("/notices")).Words(), StringComparison.Ordinal);
        Assert.DoesNotContain(back, (await second.GetAsync("/notices")).Body, StringComparison.Ordinal);
    }

    // The calendar as it is, with one day more on which the market is closed.
    internal static async Task<string> With(Person supervisor, DateOnly day)
    {
        var lines = (await supervisor.GetAsync(Saved)).Body.TrimStart('\uFEFF').Split("\r\n").ToList();
        var like = lines.First(l => l.StartsWith($"{day.Year}-10-01,closed,", StringComparison.Ordinal)).Split(',', 6);
        lines.Insert(1, $"{day:yyyy-MM-dd},closed,Day of mourning,,,{like[5]}");
        return string.Join("\r\n", lines);
    }

    [GeneratedRegex("name=\"contentHash\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Hash();
}
