using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Host.Tests.Portal;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>A release comes into force between a page and what is posted from it.</summary>
public sealed partial class FormReleaseTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task What_was_checked_under_one_release_is_not_sent_under_the_next_unseen_and_nothing_typed_is_lost()
    {
        var (maker, checker) = (await market.As(Cast.Maker), await market.As(Cast.Checker));
        var running = await market.Sent();
        var answers = await maker.SampleOf(PortalWithMail.Exemption);
        answers["remarks"] = "Typed before the release.";
        var draft = (await maker.StartsDraft(PortalWithMail.Exemption, answers)).Id();
        var page = $"/requests/{draft}/check";
        var seen = ContentHash().Match((await maker.GetAsync(page)).Body).Groups[1].Value;
        var before = await market.Stored(draft);
        await ReleasesAnother();

        var stale = await maker.PostFormAsync($"/requests/{draft}/submission", new() { ["contentHash"] = seen, ["key"] = Guid.NewGuid().ToString() }, page);

        Assert.Equal(409, (int)stale.Status);
        Assert.Equal(before, await market.Stored(draft));
        Assert.Contains("Typed before the release.", (await maker.GetAsync($"/requests/{draft}/form")).Body, StringComparison.Ordinal);
        var again = ContentHash().Match((await maker.GetAsync(page)).Body).Groups[1].Value;
        Assert.Equal(303, (int)(await maker.PostFormAsync($"/requests/{draft}/submission", new() { ["contentHash"] = again, ["key"] = Guid.NewGuid().ToString() }, page)).Status);
        Assert.Equal("pendingChecker", await maker.StatusOf(draft));

        // What was under way goes on by the release that it began with.
        (await checker.Approves(running)).Accepted();
        Assert.Equal(2, await market.Database.ValueAsync<long>("SELECT count(DISTINCT bundle_hash) FROM requests.service_request WHERE id IN ($1, $2)", Guid.Parse(running), Guid.Parse(draft)));
    }

    [Fact]
    public async Task What_the_next_form_has_no_more_stays_with_the_draft_to_be_read_until_its_maker_drops_it()
    {
        var maker = await market.As(Cast.Maker);
        var draft = await DraftOfTheFormBefore(maker);
        var page = $"/requests/{draft}/form";

        var opened = await maker.GetAsync(page);
        Assert.Equal(["Contract number C-2026-7", "Line 1: Told by Telephone"], Left(opened));

        // Saved twice, by the API and by the page: the answers are the form's, and what is left stays.
        (await maker.SavesAnswers(draft, await maker.SampleOf(PortalWithMail.Exemption))).Accepted();
        Assert.Equal(303, (int)(await PageForm.On(await maker.GetAsync(page), page).With(("do", "save")).SendAsync(maker)).Status);
        Assert.Equal(["Contract number C-2026-7", "Line 1: Told by Telephone"], Left(await maker.GetAsync(page)));
        Assert.DoesNotContain("C-2026-7", (await maker.SeesRequest(draft)).Accepted().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("moved-title", (await maker.GetAsync(page)).Body, StringComparison.Ordinal);

        var dropped = await PageForm.On(await maker.GetAsync(page), page).With(("do", "left.drop")).SendAsync(maker);
        Assert.Equal((303, page), ((int)dropped.Status, dropped.Location!.ToString()));
        Assert.Empty(Left(await maker.GetAsync(page)));
        Assert.DoesNotContain("C-2026-7", await market.Database.ValueAsync<string>("SELECT draft::text FROM requests.service_request WHERE id = $1", Guid.Parse(draft)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_form_has_no_more_is_not_sent_and_goes_with_the_sending()
    {
        var (maker, checker) = (await market.As(Cast.Maker), await market.As(Cast.Checker));
        var draft = await DraftOfTheFormBefore(maker);
        (await maker.SavesAnswers(draft, await maker.SampleOf(PortalWithMail.Exemption))).Accepted();
        var kept = "SELECT count(*) FROM requests.service_request WHERE id = $1 AND draft::text LIKE '%C-2026-7%'";
        Assert.Equal(1L, await market.Database.ValueAsync<long>(kept, Guid.Parse(draft)));

        (await maker.SubmitsRequest(draft)).Accepted();

        Assert.DoesNotContain("C-2026-7", (await checker.SeesRequest(draft)).Accepted().Body, StringComparison.Ordinal);
        Assert.Equal(0L, await market.Database.ValueAsync<long>("SELECT count(*) FROM requests.service_request WHERE id = $1 AND concat(draft, answers) LIKE '%C-2026-7%'", Guid.Parse(draft)));
        Assert.Equal(0L, await market.Database.ValueAsync<long>("SELECT count(*) FROM events.event WHERE request_id = $1 AND data::text LIKE '%C-2026-7%'", Guid.Parse(draft)));
        (await maker.WithdrawsRequest(draft)).Accepted();
    }

    // Begun under a form that asks two things more; then the form of today is in force again.
    private async Task<string> DraftOfTheFormBefore(Person maker)
    {
        await ReleasesAnother(files =>
        {
            var fields = files["form.json"]!["sections"]!.AsArray().SelectMany(s => s!["fields"]!.AsArray()).ToList();
            files["form.json"]!["sections"]![0]!["fields"]!.AsArray().Add(Field("contract", "Contract number"));
            fields.First(f => f.Text("type") == "lines")!["columns"]!.AsArray().Add(Field("told", "Told by"));
        });
        var answers = await maker.SampleOf(PortalWithMail.Exemption);
        answers["contract"] = "C-2026-7";
        answers["lines"]![0]!["told"] = "Telephone";
        var draft = (await maker.StartsDraft(PortalWithMail.Exemption, answers)).Id();
        await ReleasesAnother(files =>
        {
            files["form.json"]!["sections"]![0]!["fields"]!.AsArray().RemoveAt(files["form.json"]!["sections"]![0]!["fields"]!.AsArray().Count - 1);
            var columns = files["form.json"]!["sections"]!.AsArray().SelectMany(s => s!["fields"]!.AsArray()).First(f => f.Text("type") == "lines")!["columns"]!.AsArray();
            columns.RemoveAt(columns.Count - 1);
        });
        return draft;
    }

    private static JsonNode Field(string name, string label) => JsonNode.Parse($$"""{ "name": "{{name}}", "type": "text", "label": { "en": "{{label}}", "zh-Hant": "{{label}}", "zh-Hans": "{{label}}" } }""")!;

    private static List<string> Left(Answer page)
    {
        var from = page.Body.IndexOf("id=\"left\"", StringComparison.Ordinal);
        return from < 0 ? [] : [.. Row().Matches(page.Body[from..page.Body.IndexOf("</table>", from, StringComparison.Ordinal)]).Skip(1)
            .Select(r => string.Join(' ', (page with { Body = r.Value }).Words().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)))];
    }

    // What is in force with this changed, under another hash, as the database says it.
    private async Task ReleasesAnother(Action<JsonNode>? change = null)
    {
        var hash = $"{Guid.NewGuid():n}{Guid.NewGuid():n}";
        var (catalogue, clock) = (market.Portal.Services.GetRequiredService<Catalogue>(), market.Portal.Services.GetRequiredService<BusinessClock>());
        var document = catalogue.InForce(PortalWithMail.Exemption, clock.GetUtcNow())!.Document.DeepClone();
        change?.Invoke(document["files"]!);
        var now = clock.GetUtcNow().UtcDateTime;
        await market.Database.OwnerRunsAsync("INSERT INTO eservices.release (hash, eservice, document, stored_at) VALUES ($1, $2, $3::jsonb, $4)", hash, PortalWithMail.Exemption, document.ToJsonString(), now);
        await market.Database.OwnerRunsAsync("INSERT INTO eservices.effective (eservice, effective_from, hash, by) VALUES ($1, $2, $3, 'seed')", PortalWithMail.Exemption, now, hash);
        await market.Until(() => Task.FromResult(catalogue.InForce(PortalWithMail.Exemption, clock.GetUtcNow())!.Hash == hash));
    }

    [GeneratedRegex("<tr>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("name=\"contentHash\" value=\"([0-9a-f]+)\"")]
    private static partial Regex ContentHash();
}
