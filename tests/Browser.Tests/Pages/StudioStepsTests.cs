using System.Text.Json.Nodes;
using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>A problem leads to its step on the canvas of the real Elsa Studio, and in the flow's words, with a portal of its own.</summary>
public sealed class StudioStepsTests : IAsyncLifetime
{
    // It is a whole runtime that begins, on a machine that tests something else beside.
    private const int Boot = 90_000;
    private const string Definitions = "/elsa/api/workflow-definitions";
    private const string Page = "/designer/" + PortalInBrowser.Exemption;

    private readonly PortalInBrowser portal = new();

    public ValueTask InitializeAsync() => portal.InitializeAsync();

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_problem_brings_its_step_into_the_middle_of_the_canvas_chosen_and_into_sight_in_the_flows_words()
    {
        await using var tab = await portal.OpensAs(Cast.Analyst, new Window(1280, 900));
        await tab.Opens(Page);
        await tab.Presses("Begin a draft");
        await tab.IsAt("/designer/studio/");
        await LosesWaysOut(await portal.Host.As(Cast.Analyst), "review", "approval");

        await tab.Opens(Page + "/draft");
        await tab.Shows("A draft with problems that lead to their steps");
        await Link(tab, "on the canvas", "Second review").ClickAsync();
        await IsInTheMiddle(tab, "approval", "Second review");
        await tab.Shows("A step of a problem on the canvas, from the draft's page");
        await Link(tab, "on the canvas", "Review").ClickAsync();
        await IsInTheMiddle(tab, "review", "Review");
        await tab.Shows("A step of a problem on the canvas, from beside it");
        await StudioFrameTests.HasNoBarrier(tab);
        StudioEditingTests.HeardNothing(tab);

        await tab.Opens(Page + "/draft");
        await Link(tab, "in the flow in force", "Second review").ClickAsync();
        await tab.IsAt($"{Page}#step-approval$");
        var told = tab.Page.Locator(".cc-outline-list li:target");
        await Expect(told).ToContainTextAsync("Second review");
        await Expect(told).ToBeInViewportAsync();
        Assert.NotEqual("rgba(0, 0, 0, 0)", await told.EvaluateAsync<string>("step => getComputedStyle(step).backgroundColor"));
    }

    [Fact]
    public async Task Without_script_and_on_a_phone_the_step_is_read_in_the_flows_words()
    {
        await using (var tab = await portal.OpensAs(Cast.Analyst, new Window(1280, 900)))
        {
            await tab.Opens(Page);
            await tab.Presses("Begin a draft");
            await tab.IsAt("/designer/studio/");
        }

        await LosesWaysOut(await portal.Host.As(Cast.Analyst), "review");
        foreach (var (window, name) in new[] { (Window.WithoutScript, "without script"), (new Window(EveryPageTests.Phone, 740), "on a phone") })
        {
            await using var tab = await portal.OpensAs(Cast.Analyst, window);
            await tab.Opens(Page + "/draft");
            await tab.Shows($"A draft with a problem, {name}");
            await Link(tab, "in the flow in force", "Review").ClickAsync();
            await Expect(tab.Page.Locator("li:target")).ToContainTextAsync("Review");
            await tab.Shows($"The step of a problem in the flow's words, {name}");
            tab.HeardNoComplaint();
        }
    }

    private static ILocator Link(Tab tab, string where, string step) => tab.Page.Locator("a.cc-problem-step").Filter(new() { HasText = where }).Filter(new() { HasText = $"“{step}”" }).First;

    // Chosen: Studio draws its frame around it and shows its properties.
    private static async Task IsInTheMiddle(Tab tab, string step, string title)
    {
        var node = tab.Page.Locator($".x6-node[data-cell-id={step}]");
        await Expect(node).ToBeVisibleAsync(new() { Timeout = Boot });
        await Expect(tab.Page.Locator(".x6-widget-selection-box")).ToHaveCountAsync(1, new() { Timeout = Boot });
        await tab.Page.GetByText("Common", new() { Exact = true }).ClickAsync(new() { Timeout = Boot });
        await Expect(tab.Page.GetByLabel("Display text")).ToHaveValueAsync(title, new() { Timeout = Boot });
        var (box, canvas) = ((await node.BoundingBoxAsync())!, (await tab.Page.Locator(".x6-graph").First.BoundingBoxAsync())!);
        Assert.True(Math.Abs(box.X + (box.Width / 2) - canvas.X - (canvas.Width / 2)) < canvas.Width / 4, $"{step} is at {box.X}, the canvas from {canvas.X}, {canvas.Width} wide.");
        Assert.True(box.Y > canvas.Y && box.Y + box.Height < canvas.Y + canvas.Height, $"{step} is at {box.Y}, the canvas from {canvas.Y}, {canvas.Height} high.");
    }

    // As if their connections by which a request is returned had been taken away.
    private static async Task LosesWaysOut(Person analyst, params string[] steps)
    {
        var model = (await analyst.GetAsync($"{Definitions}/by-definition-id/{PortalInBrowser.Exemption}?versionOptions=Latest")).Accepted().Json;
        var connections = model["root"]!["connections"]!.AsArray();
        foreach (var way in connections.Where(c => steps.Contains((string?)c!["source"]!["activity"]) && (string?)c["source"]!["port"] == "return").ToList()) connections.Remove(way);
        (await analyst.SendsJsonAsync(HttpMethod.Post, Definitions, new JsonObject { ["model"] = model.DeepClone(), ["publish"] = false })).Accepted();
    }
}
