using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using static ClientConnect.Host.Tests.Testing.ReleaseWork;

namespace ClientConnect.Host.Tests.Api;

/// <summary>What Elsa Studio changes, asked without a browser: saving a draft, proposing it, importing; and what is refused, with the draft kept.</summary>
public sealed class ElsaDraftsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Exemption = PortalWithMail.Exemption;

    [Fact]
    public async Task A_draft_is_the_latest_and_its_editor_alone_may_change_it()
    {
        var (one, other) = (await Editing(), await market.As(Cast.Analyst2));

        var mine = await one.Opens(Exemption);
        var theirs = await other.Opens(Exemption);
        var published = (await one.GetAsync($"{Definitions}/by-definition-id/{Exemption}?versionOptions=Published")).Accepted().Json;

        Assert.True(MayBeChanged(mine) && mine["isLatest"]!.GetValue<bool>() && !mine["isPublished"]!.GetValue<bool>());
        Assert.False(MayBeChanged(theirs));
        Assert.Equal(mine.Text("id"), theirs.Text("id"));
        Assert.True(published["isPublished"]!.GetValue<bool>() && !published["isLatest"]!.GetValue<bool>() && !MayBeChanged(published));
    }

    [Fact]
    public async Task A_save_is_in_the_draft_and_changes_nothing_that_is_in_force()
    {
        var analyst = await Editing();

        var saved = (await analyst.Renames(Exemption, "pendingChecker", "Waits for the checker")).Accepted().Json;

        Assert.Equal("Waits for the checker", Step(saved["workflowDefinition"]!, "pendingChecker").Text("name"));
        Assert.Equal("Waits for the checker", Step(await analyst.Opens(Exemption), "pendingChecker").Text("name"));
        Assert.NotEqual("Waits for the checker", Step((await analyst.GetAsync($"{Definitions}/by-definition-id/{Exemption}?versionOptions=Published")).Json, "pendingChecker").Text("name"));
    }

    [Fact]
    public async Task An_input_of_a_new_step_has_the_type_that_Studio_leaves_out()
    {
        var analyst = await Editing();
        var model = await analyst.Opens(Exemption);
        var dropped = (JsonObject)Step(model, "tellCheckers").DeepClone();
        (dropped["id"], dropped["nodeId"], dropped["name"]) = ("b6985409e4313072", "Workflow1:Flowchart1:b6985409e4313072", "TellThem13");
        foreach (var input in new[] { "template", "to" }) dropped[input]!.AsObject().Remove("typeName");
        model["root"]!["activities"]!.AsArray().Add((JsonNode)dropped);

        (await analyst.Saves(model)).Accepted();

        var kept = Step(await analyst.Opens(Exemption), "b6985409e4313072");
        Assert.Equal(("String", "Object"), (kept["template"].Text("typeName"), kept["to"].Text("typeName")));
        Assert.DoesNotContain("typeName", (await analyst.GetAsync($"/designer/{Exemption}/draft")).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_saved_as_it_was_opened_is_the_file_that_analysts_keep_and_counts_as_no_change()
    {
        var analyst = await Editing();
        var model = await analyst.Opens(Exemption);
        model["tenantId"] = null;
        Step(model, "pendingChecker")["quorum"] = null;

        (await analyst.Saves(model)).Accepted();

        Assert.Contains("nothing changed yet", (await analyst.GetAsync($"/designer/{Exemption}/draft")).Words(), StringComparison.Ordinal);
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Workflows, Exemption, "workflow.json"), TestContext.Current.CancellationToken));
        Assert.True(JsonNode.DeepEquals(file, (await analyst.GetAsync($"{Definitions}/{Exemption}/export?versionOptions=Draft")).Accepted().Json));
    }

    [Fact]
    public async Task Publishing_proposes_and_leaves_what_is_published_as_it_was()
    {
        var analyst = await Editing();

        var published = (await analyst.Renames(Exemption, "pendingChecker", "Proposed from the canvas", publish: true)).Accepted().Json;

        Assert.False(published["workflowDefinition"]!["isPublished"]!.GetValue<bool>());
        Assert.Contains("Waits", (await analyst.GetAsync($"/designer/{Exemption}")).Words(), StringComparison.Ordinal);
        Assert.Equal(1L, await market.Database.ValueAsync<long>("SELECT count(*) FROM eservices.effective WHERE eservice = $1", Exemption));
        // The same once more is the same proposal.
        (await analyst.Saves(await analyst.Opens(Exemption), publish: true)).Accepted();
        Assert.Equal(1L, await market.Database.ValueAsync<long>("SELECT count(*) FROM eservices.release_proposal WHERE eservice = $1 AND state = 'Open'", Exemption));
    }

    [Fact]
    public async Task What_is_at_fault_is_saved_but_not_proposed_and_each_fault_is_told()
    {
        var analyst = await Editing();
        var model = await analyst.Opens(Exemption);
        var connections = model["root"]!["connections"]!.AsArray();
        connections.Remove(connections.First(c => c!["source"].Text("activity") == "pendingChecker"));

        var refused = await analyst.Saves(model, publish: true);

        refused.Refused("release-is-at-fault");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.True(refused.Problem!.Body["errors"]!["generalErrors"]!.AsArray().Count > 1, refused.ToString());
        Assert.Equal(connections.Count, (await analyst.Opens(Exemption))["root"]!["connections"]!.AsArray().Count);
    }

    public static TheoryData<string> Broken => ["empty", "no-root", "other-root", "no-id", "twice", "unknown", "version", "many", "wide", "list", "nul", "huge-number"];

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_could_never_be_a_flow_is_refused_in_words_within_two_seconds_and_the_draft_kept(string how)
    {
        var analyst = await Editing();
        var model = await analyst.Opens(Exemption);
        var before = await Stored();
        Break(model, how);
        var watch = Stopwatch.StartNew();

        var refused = await analyst.Saves(model);

        Assert.True(refused.Problem?.Code is "not-a-definition" or "canvas-would-be-empty" or "definition-is-too-large", refused.ToString());
        Assert.NotEmpty(refused.Problem!.Body["errors"]!["generalErrors"]!.AsArray());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{how} took {watch.Elapsed}.");
        Assert.Equal(before, await Stored());
    }

    public static TheoryData<string> NoJson => ["", "null", "[]", "\"text\"", "{", "{\"model\":{}}", "{\"model\":[],\"publish\":true}", "{\"model\":{\"definitionId\":7}}", "{\"a\":1,\"a\":2}", "{\"model\":\"\\ud800\"}", "deep", "5MB"];

    [Theory]
    [MemberData(nameof(NoJson))]
    public async Task What_is_no_definition_at_all_is_refused_in_words(string text)
    {
        var analyst = await Editing();
        var before = await Stored();
        var body = text switch { "deep" => new string('[', 100_000), "5MB" => $"{{\"model\":\"{new string('x', 6_000_000)}\"}}", _ => text };
        var watch = Stopwatch.StartNew();

        foreach (var path in new[] { Definitions, Definitions + "/import" })
        {
            var refused = await analyst.SendsAsync("POST", path, Encoding.UTF8.GetBytes(body));
            Assert.True((int)refused.Status is >= 400 and < 500 && refused.Problem is { Title.Length: > 10 }, refused.ToString());
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), $"It took {watch.Elapsed}.");
        Assert.Equal(before, await Stored());
    }

    [Fact]
    public async Task A_step_on_which_a_request_stands_stays()
    {
        await market.Sent();
        var analyst = await Editing();
        var model = await analyst.Opens(Exemption);
        var steps = model["root"]!["activities"]!.AsArray();
        steps.Remove(Step(model, "pendingChecker"));
        var before = await Stored();

        var standing = await market.Database.ValueAsync<string>("SELECT run -> 'tokens' -> 0 ->> 'step' FROM requests.service_request WHERE run IS NOT NULL AND closed_at IS NULL LIMIT 1");
        if (Step(await analyst.Opens(Exemption), standing!) is { } step) steps.Remove(steps.SingleOrDefault(s => s.Text("id") == step.Text("id")));
        var refused = await analyst.Saves(model);

        refused.Refused("requests-stand-on-the-step");
        Assert.Contains(standing!, refused.Problem!.Title, StringComparison.Ordinal);
        Assert.Equal(before, await Stored());
    }

    [Fact]
    public async Task Running_from_the_canvas_is_told_of_stories_and_nothing_is_taken_away()
    {
        var analyst = await Editing();

        (await analyst.SendsJsonAsync(HttpMethod.Post, $"{Definitions}/{Exemption}/execute", new JsonObject { ["versionOptions"] = "Latest" })).Refused("stories-try-it-out");
        (await analyst.SendsJsonAsync(HttpMethod.Post, $"{Definitions}/{Exemption}/retract", new JsonObject())).Refused("a-release-stays");
        (await analyst.SendsJsonAsync(HttpMethod.Delete, $"{Definitions}/{Exemption}")).Refused("a-release-stays");
    }

    [Fact]
    public async Task A_file_that_was_exported_is_imported_and_one_that_is_no_definition_is_not()
    {
        var analyst = await Editing();
        var file = (await analyst.GetAsync($"{Definitions}/{Exemption}/export?versionOptions=Published")).Accepted().Json;
        Step(file, "pendingChecker")["name"] = "From a file";

        Assert.Equal(HttpStatusCode.OK, (await Imports(analyst, file.ToJsonString())).Status);
        Assert.Equal("From a file", Step(await analyst.Opens(Exemption), "pendingChecker").Text("name"));
        Assert.Equal("From a file", Step((await analyst.SendsJsonAsync(HttpMethod.Post, Definitions + "/import", file)).Accepted().Json, "pendingChecker").Text("name"));
        (await Imports(analyst, "PK\u0003\u0004 no definition")).Refused("not-a-definition");
        (await Imports(analyst, new string('x', 6_000_000))).Refused("definition-is-too-large");
    }

    [Fact]
    public async Task Who_has_not_the_lease_and_a_page_that_is_old_store_nothing()
    {
        var (one, other) = (await Editing(), await market.As(Cast.Analyst2));
        var old = await one.Opens(Exemption);
        var theirs = await other.Saves(await other.Opens(Exemption));
        theirs.Refused("somebody-else-edits-it");
        Assert.Equal(HttpStatusCode.BadRequest, theirs.Status);

        await one.Leaves(Exemption);
        Assert.Equal(303, (int)(await other.Edits(Exemption)).Status);
        (await one.Saves(old)).Refused("somebody-else-edits-it");
        await other.Leaves(Exemption);
        await one.Edits(Exemption);

        (await one.Saves(old)).Refused("the-page-is-old");
        (await one.Saves(await one.Opens(Exemption))).Accepted();
    }

    private static void Break(JsonObject model, string how)
    {
        var steps = model["root"]!["activities"]!.AsArray();
        switch (how)
        {
            case "empty": model["root"]!["activities"] = new JsonArray(); break;
            case "no-root": model.Remove("root"); break;
            case "other-root": model["root"]!["type"] = "Elsa.Sequence"; break;
            case "no-id": steps[0]!.AsObject().Remove("id"); break;
            case "twice": steps[1]!["id"] = steps[0].Text("id"); break;
            case "unknown": steps[0]!["type"] = "Elsa.RunJavaScript"; break;
            case "version": steps[0]!["version"] = 2; break;
            case "many": for (var i = 0; i < 10_000; i++) steps.Add((JsonNode)new JsonObject { ["id"] = $"s{i}", ["type"] = "Elsa.End", ["version"] = 1 }); break;
            case "wide": model["description"] = new string('x', 2_000_000); break;
            case "list": model["root"]!["activities"] = "all of them"; break;
            case "nul": model["name"] = "a\0b"; break;
            default: model["root"]!["metadata"] = JsonNode.Parse("{\"x\": 1e999}"); break;
        }
    }

    private static Task<Answer> Imports(Person analyst, string text)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return analyst.SendAsync(new HttpRequestMessage(HttpMethod.Post, Definitions + "/import-files") { Content = new MultipartFormDataContent { { file, "files", "flow.json" } } });
    }

    // A fresh draft in the hands of the first analyst.
    private async Task<Person> Editing()
    {
        await market.Database.OwnerRunsAsync("DELETE FROM eservices.release_draft");
        var analyst = await market.As(Cast.Analyst);
        Assert.Equal(303, (int)(await analyst.Edits(Exemption)).Status);
        return analyst;
    }

    private Task<string?> Stored() => market.Database.ValueAsync<string>(
        "SELECT concat_ws(' ', md5(document::text), revision, editors, (SELECT count(*) FROM eservices.release), (SELECT count(*) FROM eservices.release_event)) FROM eservices.release_draft");
}
