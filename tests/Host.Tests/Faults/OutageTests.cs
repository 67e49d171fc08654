using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>Two hosts and a PostgreSQL server of their own, which is not there when they start.</summary>
public sealed class FragileHosts : IAsyncLifetime
{
    public PrivateServer Server { get; private set; } = null!;

    public IReadOnlyList<PortalProcess> Hosts { get; private set; } = [];

    /// <summary>What was answered while there was no database at the start.</summary>
    public IReadOnlyList<(string Path, HttpStatusCode Status, TimeSpan? Again)> Waiting { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Server = await PrivateServer.CreateAsync();
        await Server.StopAsync();
        Hosts = [.. Enumerable.Range(0, 2).Select(_ => PortalProcess.Of(Server.ConnectionString, Server.OwnerConnectionString))];
        foreach (var host in Hosts) host.Begin();
        foreach (var host in Hosts) Waiting = [.. Waiting, .. await AsksAsync(host.Address)];
        await Server.StartAsync();
        await Task.WhenAll(Hosts.Select(h => h.UntilReadyAsync()));
    }

    public static async Task<IReadOnlyList<(string Path, HttpStatusCode Status, TimeSpan? Again)>> AsksAsync(Uri address)
    {
        var answers = new List<(string, HttpStatusCode, TimeSpan?)>();
        using var browser = new HttpClient { BaseAddress = address };
        for (var tries = 0; ; tries++)
        {
            try
            {
                foreach (var path in new[] { "/healthz", "/readyz", "/requests", "/api/requests" })
                {
                    using var answer = await browser.GetAsync(path);
                    answers.Add((path, answer.StatusCode, answer.Headers.RetryAfter?.Delta));
                }

                return answers;
            }
            catch (HttpRequestException) when (tries < 600)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts) await host.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>The database goes away in every way that it can: nothing that was acknowledged is lost, and no host needs a hand.</summary>
public sealed class OutageTests(FragileHosts fragile) : IClassFixture<FragileHosts>
{
    private readonly ConcurrentQueue<string> acknowledged = new();
    private readonly ConcurrentQueue<HttpStatusCode> refused = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Hosts_that_start_before_the_database_wait_and_say_so_and_exactly_one_migrates()
    {
        Assert.All(fragile.Waiting.Where(w => w.Path == "/healthz"), w => Assert.Equal(HttpStatusCode.OK, w.Status));
        Assert.All(fragile.Waiting.Where(w => w.Path != "/healthz"), w => Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (w.Status, w.Again)));
        Assert.Single(fragile.Hosts, h => h.Log.Contains("Migrating the database", StringComparison.Ordinal));
        Assert.All(fragile.Hosts, h => Assert.True(h.IsAlive));
    }

    [Fact]
    public async Task Killed_under_load_first_a_backend_then_the_whole_server_it_comes_back_and_nothing_is_lost()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var lines = (await (await fragile.Hosts[0].As(Cast.Maker)).SampleOf(PortalWithMail.Exemption))["lines"]!.AsArray().Count;
        var working = Enumerable.Range(0, Math.Min(lines, 4)).Select(n => WorksAsync(n, enough.Token)).ToList();
        await MoreAsync(20);
        await fragile.Server.KillBackendAsync();
        await MoreAsync(20);
        await fragile.Server.KillAsync();
        await Task.Delay(1000, Ct);
        var meanwhile = await FragileHosts.AsksAsync(fragile.Hosts[0].Address);
        await fragile.Server.StartAsync();
        await MoreAsync(20);
        await enough.CancelAsync();
        await Task.WhenAll(working);

        Assert.All(meanwhile.Where(w => w.Path == "/healthz"), w => Assert.Equal(HttpStatusCode.OK, w.Status));
        Assert.All(meanwhile.Where(w => w.Path == "/readyz"), w => Assert.Equal(HttpStatusCode.ServiceUnavailable, w.Status));
        Assert.All(refused, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        Assert.NotEmpty(refused);
        Assert.All(fragile.Hosts, h => Assert.True(h.IsAlive));
        await World.AuditAsync(fragile.Server.ConnectionString, Ct, acknowledged);
    }

    [Fact]
    public async Task With_hardly_any_connections_people_are_answered_or_told_when_to_come_again_and_can_sign_in()
    {
        await fragile.Server.StopAsync();
        await fragile.Server.StartAsync(connections: 20);
        try
        {
            await Task.WhenAll(fragile.Hosts.Select(h => h.UntilReadyAsync()));
            var people = await Task.WhenAll(fragile.Hosts.Select(h => h.As(Cast.Checker)));
            var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(async n =>
            {
                var all = new List<Answer>();
                for (var round = 0; round < 5; round++) all.Add(await people[n % 2].GetAsync(n % 3 == 0 ? "/inbox" : "/api/requests"));
                return all;
            }));

            Assert.All(answers.SelectMany(a => a), a => Assert.Contains(a.Status, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable }));
            Assert.Contains(answers.SelectMany(a => a), a => a.Status == HttpStatusCode.OK);
            await fragile.Hosts[1].NewSessionAsync(Cast.Reviewer);
        }
        finally
        {
            await fragile.Server.StopAsync();
            await fragile.Server.StartAsync();
            await Task.WhenAll(fragile.Hosts.Select(h => h.UntilReadyAsync()));
        }
    }

    private async Task MoreAsync(int clicks)
    {
        var before = acknowledged.Count;
        for (var tries = 0; acknowledged.Count < before + clicks; tries++)
        {
            Assert.True(tries < 600, $"Only {acknowledged.Count - before} clicks in a minute. {string.Join(", ", refused.TakeLast(5))}");
            await Task.Delay(100, Ct);
        }
    }

    // One position, asked for and taken back again and again, each click repeated under its key until it is answered.
    private async Task WorksAsync(int position, CancellationToken enough)
    {
        var host = fragile.Hosts[position % 2];
        var maker = await host.As(Cast.Maker);
        var answers = await UntilAnsweredAsync(async () => await maker.GetAsync($"/api/eservices/{PortalWithMail.Exemption}/sample?membership={Cast.Maker.Membership}"));
        var sample = (answers.Json["answers"] as JsonObject ?? answers.Json.AsObject()).DeepClone().AsObject();
        sample["lines"] = new JsonArray(sample["lines"]![position]!.DeepClone());
        while (!enough.IsCancellationRequested)
        {
            var (begin, send, back) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
            var id = (await ClickAsync(begin, () => maker.StartsDraft(PortalWithMail.Exemption, sample, key: begin))).Id();
            await ClickAsync(send, () => maker.SubmitsRequest(id, send));
            await ClickAsync(back, () => maker.WithdrawsRequest(id, key: back));
        }
    }

    private async Task<Answer> ClickAsync(string key, Func<Task<Answer>> click)
    {
        var answer = await UntilAnsweredAsync(click);
        acknowledged.Enqueue($"{answer.Id()} {key} {answer.ETag!.Trim('"')}");
        return answer;
    }

    private async Task<Answer> UntilAnsweredAsync(Func<Task<Answer>> call)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            var answer = await call();
            if (answer.IsSuccess) return answer;
            if ((int)answer.Status < 500) throw new InvalidOperationException($"Refused: {answer}");
            refused.Enqueue(answer.Status);
            await Task.Delay(100, Ct);
        }

        throw new TimeoutException("Not answered within a minute.");
    }
}
