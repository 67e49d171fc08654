using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Two outlines side by side: what came and what went is marked, and not what merely stands deeper for it.</summary>
public sealed class OutlineComparisonTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task A_line_that_only_moved_a_level_deeper_is_not_marked()
    {
        await market.Releases(w => w.AddsAnApproval("third", "Third review"));

        var page = (await (await market.As(Cast.Analyst)).GetAsync($"/designer/{PortalWithMail.Exemption}/comparison?from=1&to=2")).Accepted();
        var marked = page.Body.Split("<li").Where(l => l.Contains("cc-outline-marked", StringComparison.Ordinal)).Select(l => (page with { Body = "<li" + l }).Words()).ToList();

        Assert.Contains(marked, l => l.Contains("Third review (", StringComparison.Ordinal));
        Assert.DoesNotContain(marked, l => l.Contains("Enter the exemptions", StringComparison.Ordinal));
        Assert.True(marked.Count < 10, string.Join('\n', marked));
    }
}
