using System.Text.RegularExpressions;
using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>
/// The README's pictures are of the real thing. Beside each stands what could be read on the page when it was taken; a page that
/// says something else by now wants a new picture, which <c>./dev approve PicturesTests</c> takes.
/// </summary>
public sealed partial class PicturesTests(PortalInBrowser portal)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "pictures");
    private static readonly Window Desk = new(1280, 860);

    [Fact]
    public async Task The_form_of_a_maker()
    {
        var maker = await portal.Host.As(Cast.B09003.Maker);
        var draft = await Situations.Draft(maker, Situations.Only(await maker.SampleOf(PortalInBrowser.Exemption), 0));
        await using var tab = await portal.OpensAs(Cast.B09003.Maker, Desk);

        await tab.Opens($"/requests/{draft}/form");

        await IsAsInThePicture(tab, "form");
    }

    [Fact]
    public async Task The_task_of_a_reviewer()
    {
        var situations = await portal.Situations;
        await using var tab = await portal.OpensAs(Cast.Reviewer, Desk);

        await tab.Opens($"/tasks/{situations.ReviewTask}");

        await IsAsInThePicture(tab, "review");
    }

    [Fact]
    public void The_readme_shows_every_picture_and_no_other()
    {
        var shown = Pictures().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Select(m => m.Groups["name"].Value);

        Assert.Equal(Directory.GetFiles(Folder, "*.png").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    private static async Task IsAsInThePicture(Tab tab, string name)
    {
        // Days, times and numbers are those of the run.
        var words = Anew().Replace(await tab.Page.Locator("main").InnerTextAsync(), "…");
        var picture = Path.Combine(Folder, name + ".png");
        Golden.Matches(words, Path.Combine(Folder, name + ".txt"));
        if (Golden.IsApproving) await tab.Page.ScreenshotAsync(new() { Path = picture });
        Assert.True(File.Exists(picture), $"{picture} is missing: ./dev approve PicturesTests takes it.");
        tab.HeardNoComplaint();
    }

    [GeneratedRegex(@"docs/pictures/(?<name>[\w-]+\.png)")]
    private static partial Regex Pictures();

    [GeneratedRegex(@"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b|\w*\d[\w,.:-]*")]
    private static partial Regex Anew();
}
