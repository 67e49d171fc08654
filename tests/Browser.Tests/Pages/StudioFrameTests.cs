using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using Deque.AxeCore.Commons;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>What of the pages that hold Elsa Studio is ours, the head with all that it tells, is for everybody: WCAG 2.2 AA.</summary>
public sealed class StudioFrameTests(PortalInBrowser portal)
{
    // Within these elements is Elsa Studio as its makers deliver it: it is served unmodified, so what it draws is not ours to mend. What it
    // shows can be read, as words, on pages that are looked at whole: the flow in words, the draft, the proposal.
    private const string NotOurs = "{ exclude: [['elsa-backend-provider'], ['elsa-workflow-definition-editor'], ['elsa-workflow-instance-viewer'], ['.monaco-aria-container']] }";

    private static readonly BundledAxeScriptProvider Axe = new();
    private static readonly string Barriers = EveryPageTests.Barriers.Replace("axe.run(document,", $"axe.run({NotOurs},", StringComparison.Ordinal);

    [Theory]
    [InlineData(1280)]
    [InlineData(EveryPageTests.Phone)]
    public async Task The_frame_around_the_drawing_is_for_everybody(int width)
    {
        await using var tab = await portal.OpensAs(Cast.Analyst, new Window(width));
        await tab.Opens($"/designer/studio/{PortalInBrowser.Exemption}?release=1");
        await tab.Sees("read-only");

        await HasNoBarrier(tab);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(EveryPageTests.Phone)]
    public async Task The_frame_around_a_requests_way_is_for_everybody(int width)
    {
        var request = (await portal.Situations).InReview;
        await using var tab = await portal.OpensAs(Cast.Analyst, new Window(width));
        await tab.Opens("/designer/studio/requests/" + request);
        await tab.Sees("waits at: Review");

        await HasNoBarrier(tab);
    }

    /// <summary>To be said of a page that holds Studio, as it is now.</summary>
    internal static async Task HasNoBarrier(Tab tab)
    {
        await tab.Page.EvaluateAsync(Axe.GetScript());
        var barriers = await tab.Page.EvaluateAsync<string[]>(Barriers, EveryPageTests.AllRules);
        Assert.True(barriers.Length == 0, $"{tab.Page.Url}:\n{string.Join('\n', barriers)}");
    }
}
