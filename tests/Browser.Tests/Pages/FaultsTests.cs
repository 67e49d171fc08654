using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>A form that comes back: nothing typed is lost, and what is wrong is read first.</summary>
public sealed class FaultsTests(PortalInBrowser portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_with_faults_keeps_what_was_typed_and_leads_to_each_fault(bool hasScript)
    {
        await using var maker = await OpensForm(hasScript);
        await maker.Types("Phone", "12");
        await maker.Page.GetByLabel("Quantity to be exempted").FillAsync("9,999,999");
        await maker.Page.GetByLabel("Remarks (optional)").FillAsync("Please call before ten.");

        await maker.Presses("Continue to check your answers");

        await Expect(maker.ErrorSummary).ToBeFocusedAsync();
        Assert.StartsWith("Error:", await maker.Page.TitleAsync(), StringComparison.Ordinal);
        await Expect(maker.Field("Phone")).ToHaveValueAsync("12");
        await Expect(maker.Page.GetByLabel("Quantity to be exempted")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("9,?999,?999"));
        await Expect(maker.Page.GetByLabel("Remarks (optional)")).ToHaveValueAsync("Please call before ten.");
        await EachLinkLeadsToItsField(maker);
        maker.HeardNoComplaint();
    }

    [Fact]
    public async Task A_decision_without_a_reason_comes_back_with_the_lines_as_they_were_decided()
    {
        var situations = await portal.Situations;
        await using var reviewer = await portal.OpensAs(Cast.Reviewer);
        await reviewer.Opens($"/tasks/{situations.ReviewTask}");
        var first = reviewer.Page.Locator("fieldset[data-outcomes]").First;
        await first.GetByLabel("Reject").CheckAsync();

        await reviewer.Presses("Propose this outcome");

        await Expect(reviewer.ErrorSummary).ToBeFocusedAsync();
        await Expect(first.GetByLabel("Reject")).ToBeCheckedAsync();
        await EachLinkLeadsToItsField(reviewer);
        reviewer.HeardNoComplaint();
    }

    private async Task<Tab> OpensForm(bool hasScript)
    {
        var person = await portal.Host.As(Cast.Maker);
        var draft = await Situations.Draft(person, Situations.Only(await person.SampleOf(PortalInBrowser.Exemption), 2));
        var tab = await portal.OpensAs(Cast.Maker, new Window { HasScript = hasScript });
        await tab.Opens($"/requests/{draft}/form");
        return tab;
    }

    private static async Task EachLinkLeadsToItsField(Tab tab)
    {
        var links = tab.ErrorSummary.Locator("a");
        var count = await links.CountAsync();
        Assert.NotEqual(0, count);
        for (var i = 0; i < count; i++)
        {
            var target = (await links.Nth(i).GetAttributeAsync("href"))!;
            await links.Nth(i).ClickAsync();
            await Expect(tab.Page.Locator(target)).ToBeFocusedAsync();
        }
    }
}
