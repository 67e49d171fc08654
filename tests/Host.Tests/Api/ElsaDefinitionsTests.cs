using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>What Elsa Studio asks about our releases, asked without a browser: each call as it was seen on the wire.</summary>
public sealed class ElsaDefinitionsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Definitions = "/elsa/api/workflow-definitions";
    private const string Exemption = PortalWithMail.Exemption;

    private static readonly string[] Versioning = ["id", "version", "isLatest", "isPublished", "createdAt", "links", "materializerName", "isMaterializerAvailable", "$schema"];

    [Theory]
    [InlineData("versionOptions=Latest&Page=0&PageSize=10&SearchTerm=&IsSystem=False&OrderDirection=Ascending", 1)]
    [InlineData("versionOptions=Published", 1)]
    [InlineData("versionOptions=LatestOrPublished", 1)]
    [InlineData("versionOptions=AllVersions&Page=0&PageSize=10&DefinitionIds=set-1-buy-in-exemption&OrderBy=Version&OrderDirection=Descending", 1)]
    [InlineData("versionOptions=Draft", 0)]
    [InlineData("versionOptions=7", 0)]
    [InlineData("versionOptions=Latest&IsSystem=True", 0)]
    [InlineData("versionOptions=Latest&SearchTerm=BUY-IN", 1)]
    [InlineData("versionOptions=Latest&SearchTerm=nothing-like-it", 0)]
    [InlineData("versionOptions=Latest&DefinitionIds=nothing-like-it", 0)]
    [InlineData("versionOptions=&Ids=nothing-like-it", 0)]
    [InlineData("Page=1&PageSize=10", 0)]
    public async Task The_list_gives_what_is_asked_for(string query, int expected)
    {
        var items = (await Analyst($"{Definitions}?{query}")).Json["items"]!.AsArray();

        Assert.Equal(expected, items.Count(i => i.Text("definitionId") == Exemption));
    }

    [Fact]
    public async Task The_release_in_force_is_latest_and_published_and_nobody_may_change_it()
    {
        var list = (await Analyst($"{Definitions}?versionOptions=Latest")).Json;
        var listed = list["items"]!.AsArray().Single(i => i.Text("definitionId") == Exemption)!;
        var opened = (await Analyst($"{Definitions}/by-definition-id/{Exemption}?versionOptions=Latest")).Json;

        Assert.True(listed["isLatest"]!.GetValue<bool>() && listed["isPublished"]!.GetValue<bool>());
        Assert.Equal(listed.Text("id"), opened.Text("id"));
        Assert.DoesNotContain("publish", RelationsOf(opened));
        Assert.DoesNotContain("bulk-publish", RelationsOf(list));
    }

    [Fact]
    public async Task A_definition_out_of_the_api_is_the_file_that_analysts_keep()
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Workflows, Exemption, "workflow.json"), TestContext.Current.CancellationToken))!;
        var opened = (await Analyst($"{Definitions}/by-definition-id/{Exemption}")).Json;
        var byId = (await Analyst($"{Definitions}/by-id/{opened.Text("id")}")).Json;
        var exported = (await Analyst($"{Definitions}/{Exemption}/export")).Json;

        Same(file, exported);
        Same(opened, byId);
        Same(Without(file, Versioning), Without(opened, Versioning));
    }

    [Fact]
    public async Task Every_step_that_is_drawn_is_in_the_palette_with_its_inputs_and_ports()
    {
        var chart = (await Analyst($"{Definitions}/by-definition-id/{Exemption}")).Json["root"]!;
        var palette = (await Analyst("/elsa/api/descriptors/activities?Refresh=True")).Json["items"]!.AsArray().ToDictionary(s => s.Text("typeName"), s => s!);
        var typeOf = chart["activities"]!.AsArray().ToDictionary(a => a.Text("id"), a => a.Text("type"));

        Assert.Contains(chart.Text("type"), palette.Keys);
        Assert.Empty(typeOf.Values.Except(palette.Keys));
        Assert.All(chart["activities"]!.AsArray(), a => Assert.StartsWith(chart.Text("nodeId") + ":", a.Text("nodeId"), StringComparison.Ordinal));
        Assert.Empty(
            from connection in chart["connections"]!.AsArray()
            let source = typeOf[connection["source"].Text("activity")]
            where source is not ("Elsa.FlowSwitch" or "Elsa.FlowFork") && !palette[source]["ports"]!.AsArray().Any(p => p.Text("name") == connection["source"].Text("port"))
            select $"{source}: {connection["source"].Text("port")}");
    }

    [Theory]
    [InlineData(Definitions + "/by-definition-id/no-such-eservice")]
    [InlineData(Definitions + "/by-definition-id/" + Exemption + "?versionOptions=9")]
    [InlineData(Definitions + "/by-id/no-such-release")]
    [InlineData(Definitions + "/no-such-eservice/export")]
    [InlineData("/elsa/api/workflow-instances/no-such-call")]
    public async Task What_is_not_there_is_a_problem_in_words(string path)
    {
        var answer = await (await market.As(Cast.Analyst)).GetAsync(path);

        Assert.Equal(404, answer.Problem!.Status);
        Assert.NotEmpty(answer.Problem.Title);
    }

    [Fact]
    public async Task Version_options_that_nobody_knows_are_refused() =>
        (await (await market.As(Cast.Analyst)).GetAsync($"{Definitions}?versionOptions=Newest")).Refused("version-options-unknown");

    [Fact]
    public async Task Without_a_draft_nothing_is_saved_and_another_site_is_refused()
    {
        var analyst = await market.As(Cast.Analyst);
        var model = (await Analyst($"{Definitions}/by-definition-id/{Exemption}")).Json;
        using var foreign = new HttpRequestMessage(HttpMethod.Get, Definitions) { Headers = { { "Sec-Fetch-Site", "cross-site" } } };

        (await analyst.SendsJsonAsync(HttpMethod.Post, Definitions, new JsonObject { ["publish"] = true, ["model"] = model.DeepClone() })).Refused("there-is-no-draft");
        (await analyst.SendAsync(foreign)).Refused("foreign-origin");
    }

    private static IEnumerable<string> RelationsOf(JsonNode node) => node["links"]!.AsArray().Select(l => l.Text("rel"));

    private static JsonObject Without(JsonNode node, string[] names) => new(node.AsObject().Where(p => !names.Contains(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));

    private static void Same(JsonNode expected, JsonNode actual) => Assert.True(JsonNode.DeepEquals(expected, actual), $"Expected {expected}\nbut it is {actual}");

    private async Task<Answer> Analyst(string path) => (await (await market.As(Cast.Analyst)).GetAsync(path)).Accepted();
}
