using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Host.Tests.Api;

/// <summary>The palette and all else by which Studio knows what can be drawn here.</summary>
public sealed class ElsaDescriptorsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task The_palette_is_the_flows_vocabulary_and_nothing_else()
    {
        var steps = await Items("activities");

        Assert.Equal(FlowVocabulary.All.Select(t => t.Name).Append("Elsa.Flowchart").Order(StringComparer.Ordinal), steps.Select(s => s.Text("typeName")).Order(StringComparer.Ordinal));
        Assert.All(FlowVocabulary.All, type =>
        {
            var step = steps.Single(s => s.Text("typeName") == type.Name);
            Assert.Equal(type.Ports, step["ports"]!.AsArray().Select(p => p.Text("name")));
            Assert.Empty(type.Inputs.Select(i => i.Name).Except(step["inputs"]!.AsArray().Select(i => Small(i.Text("name")))));
            Assert.NotEmpty(step.Text("description"));
        });
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hant")]
    public async Task Every_word_of_the_palette_is_in_the_analysts_language(string language)
    {
        var analyst = await market.As(Cast.Analyst2);
        await analyst.PostFormAsync("/language", new() { ["language"] = language, ["back"] = "/" }, "/");
        var said = (await analyst.GetAsync("/elsa/api/descriptors/activities")).Accepted().Json["items"]!.AsArray()
            .SelectMany(s => s!["inputs"]!.AsArray().Concat(s["ports"]!.AsArray()).Append(s))
            .SelectMany(n => new[] { n.Text("displayName"), n!["description"]?.GetValue<string>() ?? "" }).ToList();

        Assert.DoesNotContain(said, words => words.StartsWith("palette.", StringComparison.Ordinal));
        Assert.Equal(language == "en", said.Contains("Participant check"));
    }

    [Theory]
    [InlineData("ClientConnect.ParticipantCheck", "Deadline", "cutOff")]
    [InlineData("ClientConnect.ClearingHouseReview", "Team", "settlement")]
    [InlineData("ClientConnect.WaitUntil", "Until", "exemptionsEnd")]
    [InlineData("ClientConnect.SetStatus", "Status", "pendingChecker")]
    [InlineData("ClientConnect.TellThem", "Template", "exemption-decision")]
    [InlineData("ClientConnect.ApplyToRegister", "Kind", "buy-in-exemption")]
    [InlineData("ClientConnect.ApplyToRegister", "Each", "approved")]
    [InlineData("Elsa.FlowJoin", "Mode", "WaitAllActive")]
    [InlineData("Elsa.FlowSwitch", "Mode", "MatchFirst")]
    public async Task A_drop_down_offers_what_our_data_has(string type, string input, string value)
    {
        var found = (await Items("activities")).Single(s => s.Text("typeName") == type)["inputs"]!.AsArray().Single(i => i.Text("name") == input)!;
        var items = found["uiSpecifications"]!["dropdown"]!["selectList"]!["items"]!.AsArray();

        Assert.Equal("dropdown", found.Text("uiHint"));
        Assert.Contains(value, items.Select(i => i.Text("value")));
        Assert.All(items, i => Assert.NotEmpty(i.Text("text")));
    }

    [Fact]
    public async Task Joins_that_can_never_be_satisfied_are_not_offered()
    {
        var join = (await Items("activities")).Single(s => s.Text("typeName") == "Elsa.FlowJoin");

        Assert.DoesNotContain("\"WaitAll\"", join.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_expressions_that_the_interpreter_reads_are_offered() =>
        Assert.Equal(["Literal", "Object", "Variable", "Input", "JavaScript"], (await Items("expression-descriptors")).Select(e => e.Text("type")));

    [Theory]
    [InlineData("variables")]
    [InlineData("storage-drivers")]
    public async Task Variables_have_types_and_a_place(string what) => Assert.NotEmpty(await Items(what));

    [Theory]
    [InlineData("/elsa/api/features/installed")]
    [InlineData("/elsa/api/descriptors/workflow-activation-strategies")]
    [InlineData("/elsa/api/descriptors/log-persistence-strategies")]
    [InlineData("/elsa/api/descriptors/incident-strategies")]
    [InlineData("/elsa/api/descriptors/commit-strategies/workflows")]
    [InlineData("/elsa/api/descriptors/commit-strategies/activities")]
    [InlineData("/elsa/api/descriptors/output-converters")]
    public async Task What_only_Elsas_engine_has_is_an_empty_list(string path)
    {
        var answer = (await (await market.As(Cast.Analyst)).GetAsync(path)).Accepted().Json;

        Assert.Empty(answer["items"]!.AsArray());
        Assert.Equal(0, answer["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_expression_editor_knows_the_answers_of_the_request()
    {
        var analyst = await market.As(Cast.Analyst);
        var body = new JsonObject { ["workflowDefinitionId"] = PortalWithMail.Exemption, ["activityTypeName"] = "Elsa.FlowDecision", ["propertyName"] = "Condition" };
        var types = (await analyst.SendsJsonAsync(HttpMethod.Post, $"/elsa/api/scripting/javascript/type-definitions/{PortalWithMail.Exemption}", body)).Accepted().Body;

        Assert.Contains("buyInDate: string | null", types, StringComparison.Ordinal);
        Assert.Contains("cutOff?:", types, StringComparison.Ordinal);
        Assert.Contains("declare const line: Line", types, StringComparison.Ordinal);
    }

    private static string Small(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private async Task<IReadOnlyList<JsonNode>> Items(string what) =>
        [.. (await (await market.As(Cast.Analyst)).GetAsync("/elsa/api/descriptors/" + what)).Accepted().Json["items"]!.AsArray().Select(i => i!)];
}
