using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Journeys;

/// <summary>A reviewer's day by single keys: they move, open, claim and lead to the decision, and none of them decides.</summary>
public sealed class ShortcutsTests(PortalInBrowser portal)
{
    private static readonly string[] Keys = ["j", "k", "o", "c", "e", "n", "p", "1", "2", "3", "/", "?", "g", "a", "r", "x", "Delete"];

    [Fact]
    public async Task From_the_inbox_to_the_decision_by_keys()
    {
        var number = await Waiting("P00SHORT1");
        await using var reviewer = await portal.OpensAs(Cast.Reviewer2);
        await reviewer.Opens($"/inbox?q={number}");

        await reviewer.Page.Keyboard.PressAsync("j");
        await Expect(reviewer.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = number, Exact = true })).ToBeFocusedAsync();
        await reviewer.Page.Keyboard.PressAsync("o");
        await reviewer.IsAt("/tasks/");
        await reviewer.Page.WaitForLoadStateAsync();
        await reviewer.Page.Keyboard.PressAsync("c");
        await reviewer.Sees("You have this task.");
        await reviewer.Page.WaitForLoadStateAsync();
        await reviewer.Page.Keyboard.PressAsync("j");
        await reviewer.Page.Keyboard.PressAsync("2");
        await Expect(reviewer.Page.Locator(".cc-linedecision input:focus")).ToBeCheckedAsync();
        await Expect(reviewer.Page.Locator(".cc-linedecision input:focus")).ToHaveValueAsync("reject");
        await reviewer.Page.Keyboard.PressAsync("e");
        await Expect(reviewer.Page.Locator("#decision h2")).ToBeFocusedAsync();
        await reviewer.Page.Keyboard.PressAsync("?");
        await Expect(reviewer.Page.Locator("#shortcuts-help")).ToBeVisibleAsync();
        await reviewer.Page.Keyboard.PressAsync("Escape");
        await reviewer.Page.Keyboard.PressAsync("g");
        await reviewer.Page.Keyboard.PressAsync("i");
        await reviewer.IsAt("/inbox$");
        await reviewer.Page.WaitForLoadStateAsync();
        await reviewer.Page.Keyboard.PressAsync("/");
        await Expect(reviewer.Page.Locator("input[type=search]")).ToBeFocusedAsync();
        reviewer.HeardNoComplaint();
    }

    [Fact]
    public async Task No_single_key_decides()
    {
        var number = await Waiting("P00SHORT2");
        await using var reviewer = await portal.OpensAs(Cast.Reviewer2);
        await reviewer.Opens($"/inbox?q={number}");
        await reviewer.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = number, Exact = true }).ClickAsync();
        await reviewer.Presses("Claim this task");
        var task = new Uri(reviewer.Page.Url).AbsolutePath["/tasks/".Length..];

        foreach (var key in Keys)
        {
            await reviewer.Page.Keyboard.PressAsync(key);
            if (key is "?") await reviewer.Page.Keyboard.PressAsync("Escape");
            if (key is "/") await reviewer.Page.Locator("h1").ClickAsync();
        }

        Assert.True((await (await portal.Host.As(Cast.Reviewer2)).SeesTask(task)).Accepted().Json["isOpen"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_participants_keys_do_nothing_until_they_are_switched_on()
    {
        await using var checker = await portal.OpensAs(Cast.B09003.Checker2);
        await checker.Opens("/inbox");
        await checker.Page.Keyboard.PressAsync("/");
        await Expect(checker.Page.Locator("input[type=search]")).Not.ToBeFocusedAsync();

        await checker.Opens("/account");
        await checker.Presses("Switch them on");
        await checker.Sees("Your keyboard shortcuts are changed.");
        await checker.Opens("/inbox");
        await checker.Page.Keyboard.PressAsync("/");

        await Expect(checker.Page.Locator("input[type=search]")).ToBeFocusedAsync();
        checker.HeardNoComplaint();
    }

    [Fact]
    public async Task Lines_are_counted_and_set_at_once_and_a_half_made_decision_is_not_left_unasked()
    {
        var situations = await portal.Situations;
        await using var reviewer = await portal.OpensAs(Cast.Reviewer);
        await reviewer.Opens($"/tasks/{situations.ReviewTask}");
        var rejected = reviewer.Page.Locator("[data-tally-of=reject] strong");
        await Expect(rejected).ToHaveTextAsync("0");

        await reviewer.Page.Locator("[name='all.outcome']").SelectOptionAsync("reject");
        await reviewer.Presses("Set all lines");

        await Expect(rejected).ToHaveTextAsync("3");
        var asked = 0;
        reviewer.Page.Dialog += async (_, dialog) =>
        {
            asked++;
            await dialog.AcceptAsync();
        };
        await reviewer.Page.Keyboard.PressAsync("Tab");
        await reviewer.Opens("/inbox");
        Assert.Equal(1, asked);
        reviewer.HeardNoComplaint();
    }

    // A request of one line that waits for a reviewer; its number.
    private async Task<string> Waiting(string position)
    {
        var (maker, checker) = (await portal.Host.As(Cast.Maker), await portal.Host.As(Cast.Checker));
        var answers = Situations.Only(await maker.SampleOf(PortalInBrowser.Exemption), 0);
        answers["lines"]![0]!["positionNo"] = position;
        var request = await maker.Sends(PortalInBrowser.Exemption, answers);
        (await checker.Approves(request)).Accepted();
        return (await maker.SeesRequest(request)).Accepted().Json["number"]!.GetValue<string>();
    }
}
