using System.Text.Json.Nodes;
using System.Threading.Channels;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Mail;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Faults;

/// <summary>Two host processes on one database, and enough positions to ask for again and again.</summary>
public sealed class TwoHosts : IAsyncLifetime
{
    private const int Positions = 90;

    private readonly Channel<JsonObject> lines = Channel.CreateUnbounded<JsonObject>();
    private JsonObject header = [];
    private PortalProcess? one;
    private PortalProcess? other;

    public DemonstrationDatabase Database { get; } = new();

    public SmtpSink Mail { get; } = new();

    public PortalProcess One => one!;

    public PortalProcess Other => other!;

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        var started = await Task.WhenAll(PortalProcess.StartAsync(Database, PortalUnderTest.MailTo(Mail)), PortalProcess.StartAsync(Database, PortalUnderTest.MailTo(Mail)));
        (one, other) = (started[0], started[1]);
        await FillAsync(await One.As(Cast.Maker));
    }

    /// <summary>A draft for one free position.</summary>
    public async Task<(string Id, JsonObject Line)> DraftsOneAsync(PortalProcess at)
    {
        if (!lines.Reader.TryRead(out var line)) throw new InvalidOperationException($"All {Positions} positions are asked for: whoever takes one ends its request.");
        var answers = header.DeepClone().AsObject();
        answers["lines"] = new JsonArray(line.DeepClone());
        return ((await (await at.As(Cast.Maker)).StartsDraft(PortalWithMail.Exemption, answers)).Id(), line);
    }

    /// <summary>Sends a request for one free position to the checkers; <see cref="EndAsync"/> gives the position back.</summary>
    public async Task<(string Id, string Version, JsonObject Line)> SendsOneAsync()
    {
        var (id, line) = await DraftsOneAsync(One);
        var sent = (await (await One.As(Cast.Maker)).SubmitsRequest(id)).Accepted();
        return (id, sent.ETag!, line);
    }

    /// <summary>Ends the request wherever it stands: its position is free for another one.</summary>
    public async Task EndAsync(string id, JsonObject line, PortalProcess at)
    {
        var maker = await at.As(Cast.Maker);
        switch (await maker.StatusOf(id))
        {
            case "processing":
                (await (await at.As(Cast.Reviewer)).Rejects(id, "Not delivered.")).Accepted();
                (await (await at.As(Cast.Approver)).Approves(id)).Accepted();
                break;
            case "pendingChecker" or "returnedByChecker" or "submitted" or "returnedByHkex":
                (await maker.WithdrawsRequest(id, "Delivered.")).Accepted();
                break;
        }

        PutBack(line);
    }

    private void PutBack(JsonObject line) => lines.Writer.TryWrite(line);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in new[] { one, other }.OfType<PortalProcess>())
        {
            await host.DisposeAsync();
        }

        await Mail.DisposeAsync();
        await Database.DisposeAsync();
    }

    // Samples name positions that no open request touches; drafts touch none, so they are asked for until they come again.
    private async Task FillAsync(Person maker)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var isNew = true; isNew && known.Count < Positions;)
        {
            header = await maker.SampleOf(PortalWithMail.Exemption);
            var fresh = header["lines"]!.AsArray().Where(line => known.Add(line.Text("positionNo"))).ToList();
            fresh.ForEach(line => PutBack(line!.DeepClone().AsObject()));
            isNew = fresh.Count > 0;
        }
    }
}
