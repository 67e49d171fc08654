using System.Text.RegularExpressions;
using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;

namespace ClientConnect.Browser.Tests.Pages;

/// <summary>
/// The README's pictures are of the real thing: <c>./dev approve PicturesTests</c> takes them anew.
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
        var picture = Path.Combine(Folder, name + ".png");
        if (Golden.IsApproving) await tab.Page.ScreenshotAsync(new() { Path = picture });
        Assert.True(File.Exists(picture), $"{picture} is missing: ./dev approve PicturesTests takes it.");
        tab.HeardNoComplaint();
    }

    [GeneratedRegex(@"docs/pictures/(?<name>[\w-]+\.png)")]
    private static partial Regex Pictures();
}
