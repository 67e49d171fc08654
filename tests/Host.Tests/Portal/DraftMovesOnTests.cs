using System.Globalization;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>A draft that lies over night is not what it was: what has moved on since it was saved is said when it is opened. The clock of this portal is moved.</summary>
public sealed class DraftMovesOnTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Said = "Changed since this was saved";

    [Fact]
    public async Task What_the_day_has_changed_is_said_until_it_is_saved()
    {
        var maker = await market.As(Cast.Maker);
        var draft = (await maker.StartsDraft(PortalWithMail.Exemption, await maker.SampleOf(PortalWithMail.Exemption))).Id();
        var saved = (await maker.SeesRequest(draft)).Accepted().Json;
        Assert.DoesNotContain(Said, (await maker.GetAsync($"/requests/{draft}/form")).Body, StringComparison.Ordinal);

        var later = DateTimeOffset.Parse(saved.Text("createdAt"), CultureInfo.InvariantCulture).AddDays(4);
        await market.Portal.ClockMovesTo(later.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        var opened = (await maker.GetAsync($"/requests/{draft}/form")).Body;
        var moved = opened[opened.IndexOf("id=\"moved\"", StringComparison.Ordinal)..];
        moved = moved[..moved.IndexOf("</section>", StringComparison.Ordinal)];

        Assert.Contains(Said, opened, StringComparison.Ordinal);
        Assert.Contains("Buy-in day", moved, StringComparison.Ordinal);
        Assert.DoesNotContain("tomorrow", moved, StringComparison.Ordinal);
        Assert.Contains("Nothing is stored until you save", moved, StringComparison.Ordinal);
        Assert.Equal(saved["answers"]!.ToJsonString(), (await maker.SeesRequest(draft)).Accepted().Json["answers"]!.ToJsonString());

        (await maker.SavesAnswers(draft, await maker.SampleOf(PortalWithMail.Exemption))).Accepted();
        Assert.DoesNotContain(Said, (await maker.GetAsync($"/requests/{draft}/form")).Body, StringComparison.Ordinal);
    }
}
