using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;

namespace ClientConnect.EServices.Tests.Stories;

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
        var database = await TestDatabase.CreateAsync();
        var portal = await PortalHost.StartAsync(database, new Dictionary<string, string>
        {
            ["Demonstration__Now"] = clock,
            ["Mail__Folder"] = Repository.Scratch("stories-mail"),
        });
        return new Stage(database, portal);
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await database.DisposeAsync();
    }
}
