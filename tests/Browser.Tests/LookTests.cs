using ClientConnect.Browser.Tests.Testing;
using ClientConnect.Testing;

namespace ClientConnect.Browser.Tests;

public sealed class LookTests(PortalInBrowser portal)
{
    [Fact]
    public async Task Look()
    {
        var s = await portal.Situations;
        foreach (var (who, path, name) in new[]
        {
            (Cast.Maker, "/", "home"), (Cast.Maker, "/catalogue/" + PortalInBrowser.Exemption, "eservice"),
            (Cast.Maker, $"/requests/{s.Blank}/form", "form-blank"), (Cast.Maker, $"/requests/{s.Filled}/form", "form"),
            (Cast.Maker, $"/requests/{s.Filled}/check", "check"), (Cast.Maker, $"/requests/{s.Faulty}/check", "check-faulty"), (Cast.Maker, $"/requests/{s.Returned}", "tracker-returned"),
            (Cast.Maker, $"/requests/{s.Approved}", "tracker-approved"), (Cast.Maker, $"/requests/{s.WithChecker}", "tracker"), (Cast.Maker, $"/requests/{s.Returned}/form", "form-returned"),
            (Cast.Reviewer, "/inbox", "inbox"), (Cast.Reviewer, $"/tasks/{s.ReviewTask}", "task-review"), (Cast.Approver, $"/tasks/{s.ApprovalTask}", "task-approval"),
            (Cast.Checker, $"/tasks/{s.CheckTask}", "task-check"), (Cast.Maker, "/requests", "requests"), (Cast.Maker, "/account", "account"), (Cast.Administrator, "/operators", "operators"), (Cast.Maker, "/notices", "notices"),
        })
        {
            foreach (var window in new[] { new Window(), new Window(360, 800) })
            {
                await using var tab = await portal.OpensAs(who, window);
                await tab.Opens(path);
                await tab.Shows($"{name}-{window.Width}");
                Console.Error.WriteLine($"{name} {string.Join("; ", tab.Complaints)}");
            }
        }
    }
}
