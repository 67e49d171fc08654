using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Designer;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Two outlines side by side: what came and what went is marked, and not what merely stands deeper for it.</summary>
public sealed class OutlineComparisonTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task A_line_that_only_moved_a_level_deeper_is_not_marked()
    {
        var before = InForce;
        await market.Releases(w => w.AddsAnApproval("third", "Third review"));

        var view = OutlineComparison.Of("before", before, "after", InForce);
        var marked = view.After.Where(l => l.IsMarked).Select(l => l.Line.Words).ToList();

        Assert.Contains(marked, w => w.Contains("Third review", StringComparison.Ordinal));
        Assert.DoesNotContain(view.Before, l => l.IsMarked);
        Assert.True(marked.Count < 10, string.Join('\n', marked));
        Assert.DoesNotContain(marked, w => w.Contains("Enter the exemptions", StringComparison.Ordinal));
    }

    private EServiceBundle InForce => market.Portal.Services.GetRequiredService<Catalogue>().InForce(PortalWithMail.Exemption, market.Portal.Services.GetRequiredService<ClientConnect.Workflows.Kernel.BusinessClock>().GetUtcNow())!;
}
