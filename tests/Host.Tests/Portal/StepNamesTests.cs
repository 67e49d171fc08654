using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>What an analyst calls a step is what everybody reads who works at it: in the inbox, on the task's page, where the request stands.</summary>
public sealed class StepNamesTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task A_new_name_of_a_step_stands_wherever_the_step_is_named()
    {
        await market.ReleasesAnother(PortalWithMail.Exemption, "review", "Look into it");
        var request = await market.Submitted();
        var reviewer = await market.As(Cast.Reviewer);
        var task = await reviewer.TaskOf(request);

        Assert.Contains("Look into it", (await reviewer.GetAsync("/tasks/" + task)).Accepted().Words(), StringComparison.Ordinal);
        Assert.Matches("data-label=\"Task\"[^>]*><span[^>]*>Look into it</span>", (await reviewer.GetAsync("/inbox")).Accepted().Body);
        Assert.Contains("Look into it", (await (await market.As(Cast.Supervisor)).GetAsync("/requests/" + request)).Accepted().Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Look into it", (await (await market.As(Cast.Maker)).GetAsync("/requests/" + request)).Accepted().Words(), StringComparison.Ordinal);
    }
}
