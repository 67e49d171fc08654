using System.Text;
using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Journeys;

/// <summary>
/// A supervisor looks at a file, corrects it and takes it in; a maker finds what it brought, and where it came from. A calendar one supervisor
/// uploads and another one confirms.
/// </summary>
public sealed class RegisterJourneyTests(PortalInBrowser portal)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_is_looked_at_and_taken_in_and_a_maker_finds_what_it_brought(bool hasScript)
    {
        var window = new Window { HasScript = hasScript };
        var key = hasScript ? "B09081" : "B09082";
        await using var supervisor = await portal.OpensAs(Cast.Supervisor, window);
        await supervisor.Opens("/");
        await supervisor.Follows("Register");
        await supervisor.Follows("Import a file");
        await supervisor.Presses("See what it would do");
        await Expect(supervisor.ErrorSummary).ToContainTextAsync("Choose an option for “Kind”");
        await Looks(supervisor, "key,names\nB1,a\n");
        await Expect(supervisor.ErrorSummary).ToContainTextAsync("Missing: name");
        await supervisor.Shows($"import-refused-{hasScript}");

        await Looks(supervisor, $"key,name\n{key},Two Harbours Securities\nB2,=HYPERLINK(1)\n");
        await supervisor.Sees("begins like a formula");
        await supervisor.Sees("Two Harbours Securities");
        await supervisor.Presses("Import");
        await Expect(supervisor.ErrorSummary).ToContainTextAsync("left out");
        await supervisor.Page.GetByLabel("without those at fault").CheckAsync();
        await supervisor.Presses("Import");
        await supervisor.Sees("The file is in the register.");
        await supervisor.Shows($"imported-{hasScript}");
        await supervisor.Follows("Clearing participant");
        await supervisor.Follows(key);
        await Expect(supervisor.Page.GetByRole(AriaRole.Link, new() { Name = "File participants.csv" }).First).ToBeVisibleAsync();

        await using var maker = await portal.OpensAs(Cast.Maker, window);
        await maker.Opens("/");
        await maker.Follows("Register");
        await maker.Follows("Clearing participant");
        await maker.Types("Key, membership or part of a value", "two harbours");
        await maker.Presses("Apply");
        await maker.Sees("“two harbours”");
        await maker.Follows(key);
        await maker.Sees("A file of the clearing house");
        await maker.Shows($"entry-{hasScript}");
        supervisor.HeardNoComplaint();
        maker.HeardNoComplaint();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_calendar_is_uploaded_by_one_supervisor_and_confirmed_by_another(bool hasScript)
    {
        var window = new Window { HasScript = hasScript };
        var year = hasScript ? 2029 : 2030;
        await using var author = await portal.OpensAs(Cast.Supervisor, window);
        await author.Opens("/register/imports/new");
        await author.Chooses("Kind", "Calendar: Mainland");
        var file = $"date,kind,name,source,verified\n{year}-10-01,closed,National Day,State Council,true\n";
        await author.Page.Locator("#f-file").SetInputFilesAsync(new FilePayload { Name = $"mainland-{year}.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file) });
        await author.Presses("See what it would do");
        await author.Sees("another person has to confirm it");
        await author.Sees("Lui Wing Tong");
        await Expect(author.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true })).ToHaveCountAsync(0);
        await Expect(author.Page.GetByRole(AriaRole.Button, new() { Name = "Throw the file away" })).ToBeVisibleAsync();
        await author.Shows($"calendar-of-the-author-{hasScript}");

        await using var second = await portal.OpensAs(Cast.Supervisor2, window);
        await second.Opens("/notices");
        await second.Follows("Mainland: a calendar waits for a second person");
        await second.Sees("Yuen Chi Keung uploaded this calendar.");
        await second.Shows($"calendar-of-the-second-{hasScript}");
        await second.Presses("Import");
        await second.Sees("The file is in the register.");
        await second.Sees("Lui Wing Tong");

        await author.Opens("/notices");
        await author.Follows("Mainland: your calendar was imported");
        await author.Sees("Lui Wing Tong");
        author.HeardNoComplaint();
        second.HeardNoComplaint();
    }

    private static async Task Looks(Tab supervisor, string content)
    {
        if (!supervisor.Page.Url.Contains("/register/imports", StringComparison.Ordinal)) await supervisor.Opens("/register/imports/new");
        await supervisor.Chooses("Kind", "Clearing participant");
        await supervisor.Page.Locator("#f-file").SetInputFilesAsync(new FilePayload { Name = "participants.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(content) });
        await supervisor.Presses("See what it would do");
    }
}
