using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>What a maker has in hand stays: a chosen file, the place on the page, and what was typed after being signed out.</summary>
public sealed class KeepingTests(PortalInBrowser portal)
{
    private const string Remarks = "Remarks (optional)";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_was_chosen_goes_along_without_its_own_button(bool hasScript)
    {
        await using var maker = await OpensForm(new Window { HasScript = hasScript }, 0);
        await maker.Page.Locator("#f-attachments").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "notes.csv", MimeType = "text/csv", Buffer = "a,b\n1,2\n"u8.ToArray() });

        await maker.Presses("Continue to check your answers");

        await maker.IsAt("/check$");
        await maker.Sees("notes.csv");
        maker.HeardNoComplaint();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_of_a_wrong_kind_is_named_and_nothing_else_is_blamed(bool hasScript)
    {
        await using var maker = await OpensForm(new Window { HasScript = hasScript }, 0);
        await maker.Page.GetByLabel(Remarks).FillAsync("Stays.");
        await maker.Page.Locator("#f-attachments").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = "a note"u8.ToArray() });

        await maker.Page.Locator("[data-upload]").Filter(new() { Has = maker.Page.Locator("#f-attachments") }).GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Upload" }).ClickAsync();

        await Expect(maker.ErrorSummary).ToContainTextAsync("notes.txt");
        await Expect(maker.Page.GetByText("saved this draft in the meantime")).ToHaveCountAsync(0);
        await Expect(maker.Page.GetByLabel(Remarks)).ToHaveValueAsync("Stays.");
        maker.HeardNoComplaint();
    }

    [Fact]
    public async Task Choosing_a_reason_leaves_the_page_where_it_was()
    {
        await using var maker = await OpensForm(new Window(), 0, 1, 2);
        var reason = maker.Page.Locator("#f-lines-1-reasonCode");
        await reason.ScrollIntoViewIfNeededAsync();
        await reason.FocusAsync();
        var before = (await reason.BoundingBoxAsync())!.Y;

        var refreshed = maker.Page.WaitForResponseAsync(response => response.Request.PostData?.Contains("refresh", StringComparison.Ordinal) == true);
        await reason.SelectOptionAsync("OTHER");
        await refreshed;
        await Expect(maker.Page.Locator("#f-lines-1-instructionNo")).ToHaveCountAsync(0);

        Assert.InRange((await reason.BoundingBoxAsync())!.Y, before - 4, before + 4);
        maker.HeardNoComplaint();
    }

    [Fact]
    public async Task Whoever_was_signed_out_elsewhere_keeps_what_was_typed_and_saves_it_after_signing_in()
    {
        await using var maker = await OpensForm(new Window(), 0);
        var cookies = await maker.Page.Context.CookiesAsync();
        await maker.Page.Context.ClearCookiesAsync();

        await maker.Page.GetByLabel(Remarks).FillAsync("Typed after the session was over.");

        await Expect(maker.Page.Locator("#session-over")).ToBeVisibleAsync();
        await Expect(maker.Page.GetByLabel(Remarks)).ToHaveValueAsync("Typed after the session was over.");
        await maker.Page.Context.AddCookiesAsync(cookies.Select(c => new Microsoft.Playwright.Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path }));
        await maker.Page.GetByLabel(Remarks).PressSequentiallyAsync(" And then saved.");
        await Expect(maker.Page.Locator("#session-over")).ToBeHiddenAsync();
        await maker.Page.ReloadAsync();
        await Expect(maker.Page.GetByLabel(Remarks)).ToHaveValueAsync("Typed after the session was over. And then saved.");
    }

    private async Task<Tab> OpensForm(Window window, params int[] lines)
    {
        var person = await portal.Host.As(Cast.Maker);
        var draft = await Situations.Draft(person, Situations.Only(await person.SampleOf(PortalInBrowser.Exemption), lines));
        var tab = await portal.OpensAs(Cast.Maker, window);
        await tab.Opens($"/requests/{draft}/form");
        return tab;
    }
}
