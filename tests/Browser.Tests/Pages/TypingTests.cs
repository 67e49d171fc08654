using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>A slow answer of the server never takes away what was typed while it was under way.</summary>
public sealed class TypingTests(PortalInBrowser portal)
{
    private const string Remarks = "Remarks (optional)";

    [Fact]
    public async Task What_is_typed_while_the_form_is_asked_for_anew_is_still_there_afterwards_and_is_saved()
    {
        await using var maker = await OpensFormOnASlowLine();

        var refreshed = maker.Page.WaitForResponseAsync(Posts("refresh"));
        await ChangesTheQuantity(maker, "1,000");
        await maker.Page.GetByLabel(Remarks).PressSequentiallyAsync("Please call");
        await refreshed;
        await maker.Page.GetByLabel(Remarks).PressSequentiallyAsync(" before ten.");

        await Expect(maker.Page.GetByLabel(Remarks)).ToHaveValueAsync("Please call before ten.");
        await maker.Page.WaitForResponseAsync(Posts("autosave"));
        await maker.Page.ReloadAsync();
        await Expect(maker.Page.GetByLabel(Remarks)).ToHaveValueAsync("Please call before ten.");
        maker.HeardNoComplaint();
    }

    [Fact]
    public async Task Going_on_while_a_save_is_under_way_waits_for_it_and_is_no_conflict_with_oneself()
    {
        await using var maker = await OpensFormOnASlowLine();

        var saving = maker.Page.WaitForRequestAsync(request => request.PostData?.Contains("autosave", StringComparison.Ordinal) == true);
        await maker.Page.GetByLabel(Remarks).FillAsync("Saved by itself.");
        await saving;
        await maker.Page.GetByLabel(Remarks).FillAsync("Saved by hand.");
        await maker.Presses("Continue to check your answers");

        await maker.IsAt("/check$");
        await maker.Sees("Saved by hand.");
        maker.HeardNoComplaint();
    }

    [Fact]
    public async Task A_button_from_under_which_the_form_grows_while_it_is_held_down_is_pressed_all_the_same()
    {
        await using var maker = await portal.OpensAs(Cast.Maker, new Window(Width: 360));
        await maker.Opens("/catalogue/" + Publishing.EService);
        await maker.Presses("Start now");
        // A line that is held before the page is there holds nothing that this page asks for.
        await maker.IsAt("/form$");
        await maker.Page.WaitForLoadStateAsync();
        var line = await OnAHeldLine(maker);
        var goOn = maker.Page.Locator(".cc-bar").GetByRole(AriaRole.Button, new() { Name = "Continue to check your answers" });
        await goOn.ScrollIntoViewIfNeededAsync();

        await maker.Page.EvaluateAsync("() => document.querySelector('input[type=radio][value=CCSUB]').click()");
        var place = (await goOn.BoundingBoxAsync())!;
        await maker.Page.Mouse.MoveAsync(place.X + 5, place.Y + 5);
        await maker.Page.Mouse.DownAsync();
        await Expect(maker.Page.GetByText("Sent as")).ToHaveCountAsync(0);
        line.SetResult();
        await maker.Sees("Sent as");
        await maker.Page.EvaluateAsync("() => document.getElementById('form-body').style.paddingBottom = '300px'");
        await maker.Page.Mouse.UpAsync();

        await Expect(maker.ErrorSummary).ToBeVisibleAsync();
        maker.HeardNoComplaint();
    }

    [Fact]
    public async Task A_file_is_chosen_in_a_dialog_that_was_open_while_the_form_was_exchanged()
    {
        await using var maker = await OpensFormOnASlowLine();
        var line = await OnAHeldLine(maker);

        var (refreshed, saved) = (maker.Page.WaitForResponseAsync(Posts("refresh")), maker.Page.WaitForResponseAsync(Posts("autosave")));
        await ChangesTheQuantity(maker, "1,000");
        var dialog = await maker.Page.RunAndWaitForFileChooserAsync(() => maker.Page.Locator("#f-attachments").ClickAsync());
        line.SetResult();
        await refreshed;
        await saved;
        await dialog.SetFilesAsync(new FilePayload { Name = "letter.txt", MimeType = "text/plain", Buffer = "Dear all"u8.ToArray() });
        await maker.Presses("Continue to check your answers");

        await maker.Sees("letter.txt");
        maker.HeardNoComplaint();
    }

    private static Func<IResponse, bool> Posts(string action) => response => response.Request.PostData?.Contains(action, StringComparison.Ordinal) == true;

    private static async Task ChangesTheQuantity(Tab maker, string quantity)
    {
        await maker.Page.GetByLabel("Quantity to be exempted").FillAsync(quantity);
        await maker.Page.GetByLabel(Remarks).FocusAsync();
    }

    private async Task<Tab> OpensFormOnASlowLine()
    {
        var person = await portal.Host.As(Cast.Maker);
        var draft = await Situations.Draft(person, Situations.Only(await person.SampleOf(PortalInBrowser.Exemption), 0));
        var tab = await portal.OpensAs(Cast.Maker);
        await tab.Opens($"/requests/{draft}/form");
        await OnASlowLine(tab);
        return tab;
    }

    // Nothing comes through before it is let.
    private static async Task<TaskCompletionSource> OnAHeldLine(Tab tab)
    {
        var line = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await tab.Page.RouteAsync("**/form", async route =>
        {
            await line.Task;
            await route.ContinueAsync();
        });
        return line;
    }

    private static async Task OnASlowLine(Tab tab) => await tab.Page.RouteAsync("**/form", async route =>
    {
        await Task.Delay(400);
        await route.ContinueAsync();
    });
}
