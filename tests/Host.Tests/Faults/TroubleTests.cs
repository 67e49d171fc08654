using System.Net;
using System.Text.RegularExpressions;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>What a person is told when something is wrong on our side, and what the log then knows.</summary>
public sealed partial class TroubleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_that_broke_gives_a_reference_and_no_details_and_the_log_has_both()
    {
        await using var database = new DemonstrationDatabase();
        await database.InitializeAsync();
        await using var portal = await PortalProcess.StartAsync(database);
        var reviewer = await portal.As(Cast.Reviewer);
        await database.OwnerRunsAsync("ALTER TABLE inbox.saved_view RENAME TO elsewhere");

        var page = await reviewer.GetAsync("/inbox");
        var call = await reviewer.GetAsync("/api/inbox/views");

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        var reference = Reference().Match(page.Body).Groups[1].Value;
        Assert.NotEmpty(reference);
        foreach (var detail in new[] { "saved_view", "Npgsql", "Exception", "42P01", "   at " })
        {
            Assert.DoesNotContain(detail, Words(page.Body), StringComparison.Ordinal);
            Assert.DoesNotContain(detail, call.Body, StringComparison.Ordinal);
        }

        await Logged(portal, reference);
        await Logged(portal, call.Json["reference"]!.GetValue<string>());
        Assert.Contains("saved_view", portal.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_database_is_away_every_page_says_when_to_come_again_and_what_became_of_what_was_typed()
    {
        var port = FreePort.Next();
        using var host = HostProcess.Start([], new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            ["ConnectionStrings__ClientConnect"] = $"Host=127.0.0.1;Port={FreePort.Next()};Username=nobody;Database=nothing;Timeout=1",
        });
        host.OutputDataReceived += (_, _) => { };
        host.ErrorDataReceived += (_, _) => { };
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
        try
        {
            using var browser = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await Answers(browser);

            using var page = await browser.GetAsync("/inbox", Ct);
            using var call = await browser.GetAsync("/api/inbox", Ct);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(5), page.Headers.RetryAfter!.Delta);
            Assert.Equal(TimeSpan.FromSeconds(5), call.Headers.RetryAfter!.Delta);
            var words = Words(await page.Content.ReadAsStringAsync(Ct));
            Assert.Contains("Drafts are kept", words, StringComparison.Ordinal);
            Assert.Contains("It is worth trying in 5 seconds.", words, StringComparison.Ordinal);
            Assert.DoesNotContain("<form", words, StringComparison.Ordinal);
        }
        finally
        {
            host.Kill(entireProcessTree: true);
        }
    }

    private static async Task Logged(PortalProcess portal, string reference)
    {
        for (var tries = 0; tries < 600 && !portal.Log.Contains(reference, StringComparison.Ordinal); tries++) await Task.Delay(50, Ct);

        Assert.Contains(reference, portal.Log, StringComparison.Ordinal);
    }

    // The host answers before it is ready; how long that takes is the machine's business.
    private static async Task Answers(HttpClient browser)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var alive = await browser.GetAsync("/healthz", Ct);
                return;
            }
            catch (HttpRequestException) when (tries < 1_200)
            {
                await Task.Delay(100, Ct);
            }
        }
    }

    private static string Words(string html) => Head().Replace(html, "");

    [GeneratedRegex("Quote this to the clearing house: <code>([0-9a-f]{10})</code>")]
    private static partial Regex Reference();

    [GeneratedRegex("<head>.*?</head>", RegexOptions.Singleline)]
    private static partial Regex Head();
}
