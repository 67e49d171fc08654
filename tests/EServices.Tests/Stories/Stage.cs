using System.Collections.Concurrent;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.EServices.Tests.Stories;

/// <summary>Builds a stage for each story. A portal takes a second to stop: the next story does not wait for it, the last one's audience does.</summary>
public sealed class Playhouse : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Stage, Task> stages = new();

    internal async Task<Stage> BuildAsync(string clock)
    {
        var stage = await Stage.BuildAsync(clock);
        stages[stage] = Task.CompletedTask;
        return stage;
    }

    internal void Clears(Stage stage) => stages[stage] = stage.DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(stages.Select(s => s.Value == Task.CompletedTask ? s.Key.DisposeAsync().AsTask() : s.Value));
    }
}

/// <summary>Where one story is told: a portal that nobody else uses, whose business clock stood at the story's beginning when it was first started.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly TestDatabase database;

    private Stage(TestDatabase database, PortalHost portal)
    {
        this.database = database;
        Portal = portal;
        Records = new Records(database);
    }

    public PortalHost Portal { get; }

    public Records Records { get; }

    public static async Task<Stage> BuildAsync(string clock)
    {
        var database = new StoryDatabase(clock);
        await database.InitializeAsync();
        var portal = await PortalHost.StartAsync(database, new Dictionary<string, string>
        {
            ["Demonstration__Now"] = clock,
            ["Mail__Folder"] = Repository.Scratch("stories-mail"),
        });
        return new Stage(database, portal);
    }

    /// <summary>Words and sends what is due now: a story does not wait for the heartbeat.</summary>
    public async Task SendsMailsAsync(CancellationToken ct)
    {
        var sending = Portal.Services.GetRequiredService<SendDueNotices>();
        while ((await sending.RunAsync(TimeProvider.System.GetUtcNow(), ct)).DidAnything)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await database.DisposeAsync();
    }
}

/// <summary>
/// The market as it is seeded on the day on which a story begins; seeded once for all stories of that day. Its clock is started by
/// the story's own host.
/// </summary>
internal sealed class StoryDatabase(string clock) : TestDatabase
{
    protected override Seed? Seed => new($"{clock.Split(' ')[0]} 00:00");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await OwnerRunsAsync("DELETE FROM deadlines.business_clock");
    }
}
