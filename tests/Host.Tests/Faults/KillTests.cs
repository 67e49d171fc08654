using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>
/// A host is killed while people click on it. Each of them sends the click again, under its key, to the other host: it was done once
/// or is done now, nothing that was answered with a yes is lost, and what the dead host had in hand goes on elsewhere.
/// </summary>
public sealed class KillTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(15);

    private readonly ConcurrentQueue<string> acknowledged = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_or_done_twice_however_often_a_host_is_killed_within_a_click()
    {
        var kills = World.IsLong ? 100 : 8;
        var hits = 0;
        var returning = Task.CompletedTask;
        for (var kill = 0; kill < kills; kill++)
        {
            var (victim, other) = kill % 2 == 0 ? (hosts.One, hosts.Other) : (hosts.Other, hosts.One);
            var clicks = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => PrepareAsync(n, victim)));
            await returning;
            hits += await KilledWithinAsync(victim, other, clicks) > 0 ? 1 : 0;
            returning = victim.StartAsync();
        }

        await returning;
        var took = await World.UntilNoneAsync(hosts.Database, "SELECT count(*) FROM notices.notice WHERE state = 'Pending'", Elsewhere);
        TestContext.Current.SendDiagnosticMessage("{0} of {1} kills hit an open click; the last mails left {2} s after the last start", hits, kills, took.TotalSeconds);
        Assert.True(hits * 3 >= kills, $"Only {hits} of {kills} kills hit an open click.");
        await World.AuditAsync(hosts.Database, Ct, acknowledged, hosts.Mail, inFlight: kills * 2);
    }

    private sealed record Click(string Request, JsonObject Line, Account Who, string? Key, Func<Person, Task<Answer>> Sends);

    private async Task<int> KilledWithinAsync(PortalProcess victim, PortalProcess other, Click[] clicks)
    {
        var killed = 0;
        var open = await Task.WhenAll(clicks.Select(async click =>
        {
            var person = await victim.As(click.Who);
            await Task.Delay(Random.Shared.Next(40));
            return Volatile.Read(ref killed) == 1 ? null : await AnsweredAsync(click, person);
        }).Append(KillAsync()).OfType<Task<bool?>>());

        foreach (var click in clicks)
        {
            var again = (await click.Sends(await other.As(click.Who))).Accepted();
            if (click.Key is not null) acknowledged.Enqueue($"{click.Request} {click.Key} {again.ETag!.Trim('"')}");
            await hosts.EndAsync(click.Request, click.Line, other);
        }

        return open.Count(answered => answered == false);

        async Task<bool?> KillAsync()
        {
            await Task.Delay(10 + Random.Shared.Next(40), Ct);
            Volatile.Write(ref killed, 1);
            victim.Kill();
            return null;
        }
    }

    /// <summary>False where the host died over it.</summary>
    private async Task<bool?> AnsweredAsync(Click click, Person person)
    {
        try
        {
            var answer = await click.Sends(person);
            if (answer.IsSuccess && click.Key is not null) acknowledged.Enqueue($"{click.Request} {click.Key} {answer.ETag!.Trim('"')}");
            return answer.IsSuccess ? true : throw new InvalidOperationException($"Without a fault of ours: {answer}");
        }
        catch (Exception died) when (died is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private async Task<Click> PrepareAsync(int kind, PortalProcess at)
    {
        var key = Guid.NewGuid().ToString();
        var (id, line) = await hosts.DraftsOneAsync(at);
        var (maker, checker, reviewer) = (await at.As(Cast.Maker), await at.As(Cast.Checker), await at.As(Cast.Reviewer));
        if (kind == 0) return new Click(id, line, Cast.Maker, key, who => who.SubmitsRequest(id, key));
        if (kind == 1) return new Click(id, line, Cast.Maker, null, who => who.AttachesFile(id, "attachments", "proof.csv", "day,quantity\n2026-11-23,100\n"u8.ToArray(), "text/csv"));

        (await maker.SubmitsRequest(id)).Accepted();
        if (kind == 2) return new Click(id, line, Cast.Maker, key, who => who.WithdrawsRequest(id, "Delivered.", key));

        var task = await checker.TaskOf(id);
        var hash = (await checker.SeesTask(task)).Accepted().Json["contentHash"]!.GetValue<string>();
        if (kind == 3) return new Click(id, line, Cast.Checker, key, who => who.DecidesTask(task, "approve", contentHash: hash, key: key));

        (await checker.DecidesTask(task, "approve", contentHash: hash)).Accepted();
        var review = await reviewer.TaskOf(id);
        if (kind == 4) return new Click(id, line, Cast.Reviewer, null, who => who.ClaimsTask(review));

        (await reviewer.ClaimsTask(review)).Accepted();
        var seen = (await reviewer.SeesTask(review)).Accepted().Json["contentHash"]!.GetValue<string>();
        return new Click(id, line, Cast.Reviewer, key, who => who.DecidesTask(review, "return", "Which day?", contentHash: seen, key: key));
    }
}
