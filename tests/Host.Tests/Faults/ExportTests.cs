using System.Diagnostics;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace ClientConnect.Host.Tests.Faults;

/// <summary><c>./dev export</c>, as it is typed: what analysts released is the seed from then on.</summary>
public sealed class ExportTests(PortalWithMail market) : IClassFixture<PortalWithMail>, IDisposable
{
    private const string Exemption = PortalWithMail.Exemption;

    private readonly DirectoryInfo folders = Copied(Repository.Workflows, Directory.CreateTempSubdirectory("client-connect-export-"));

    [Fact]
    public async Task What_analysts_released_is_written_into_its_folder_and_a_portal_that_is_seeded_from_it_does_the_same()
    {
        var first = InForce();
        await market.ReleasesAnother(Exemption, "start", $"Exported {Guid.NewGuid()}");
        var released = InForce();

        var (status, said) = await Exports(Exemption);

        Assert.True(status == 0, said);
        Assert.Contains($"{Exemption} is release {released.Hash[..12]}.", said, StringComparison.Ordinal);
        var (before, after) = (Texts(Path.Combine(Repository.Workflows, Exemption)), Texts(Path.Combine(folders.FullName, Exemption)));
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.Equal(["outline.txt", "workflow.json"], before.Keys.Where(f => before[f] != after[f]).Order());
        Assert.Equal(FlowOutline.Of(released.Flow, released.Labels), after["outline.txt"]);
        Assert.Equal(CanonicalJson.Text(released.File("workflow.json")!), CanonicalJson.Text(JsonNode.Parse(after["workflow.json"])!));
        Assert.DoesNotContain("Wrote", (await Exports(Exemption)).Said, StringComparison.Ordinal);

        await BehavesTheSame(released.Hash);

        // And back: the folder is what it was, letter by letter.
        Assert.Equal(0, (await Exports(Exemption, first.Hash[..16])).Status);
        Assert.Equal(before, Texts(Path.Combine(folders.FullName, Exemption)));
    }

    [Theory]
    [InlineData(1, "There is no eService set-9-nothing. There are: ", "set-9-nothing")]
    [InlineData(1, ", set-1-buy-in-exemption, ", "set-9-nothing")]
    [InlineData(1, "There is no eService ../set-1.", "../set-1")]
    [InlineData(1, "set-1-buy-in-exemption has no release whose hash begins with 0123. It has: ", Exemption, "0123")]
    [InlineData(1, "Say which eService")]
    [InlineData(1, "Say which eService", Exemption, "0123", "more")]
    public async Task What_is_not_there_is_said_and_no_file_touched(int expected, string sentence, params string[] arguments)
    {
        var before = Texts(folders.FullName);

        var (status, said) = await Exports(arguments);

        Assert.Equal(expected, status);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.Equal(before, Texts(folders.FullName));
    }

    [Fact]
    public async Task A_shared_file_that_is_not_as_the_release_had_it_is_named_for_with_it_the_folder_is_another_release()
    {
        await File.AppendAllTextAsync(Path.Combine(folders.FullName, "_shared/mail/layout.liquid"), "<!-- another -->\n", TestContext.Current.CancellationToken);

        var (status, said) = await Exports(Exemption);

        Assert.Equal(1, status);
        Assert.Contains("_shared/mail/layout.liquid is not as that release was made with it", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_are_no_eServices_nothing_is_written()
    {
        var nowhere = Directory.CreateDirectory(Path.Combine(folders.FullName, "empty"));

        var (status, said) = await Runs(nowhere.FullName, Exemption);

        Assert.Equal(2, status);
        Assert.Contains("is no folder of eServices", said, StringComparison.Ordinal);
        Assert.Empty(nowhere.GetFileSystemInfos());
    }

    public void Dispose() => folders.Delete(recursive: true);

    // Another portal, whose database has seen nothing but the exported folder.
    private async Task BehavesTheSame(string hash)
    {
        await using var database = await TestDatabase.CreateAsync();
        var settings = new Dictionary<string, string>(PortalUnderTest.MailTo(market.Mail)) { ["Workflows__Folder"] = folders.FullName };
        await using var seeded = await PortalProcess.StartAsync(database, settings);
        Assert.Equal(hash, await database.ValueAsync<string>("SELECT hash FROM eservices.effective WHERE eservice = $1", Exemption));

        Assert.Equal(await Course(market.Portal, market.Database), await Course(seeded, database));
    }

    // A request through the whole house: what happened, and where its flow stood.
    private static async Task<string?> Course(PortalUnderTest portal, TestDatabase database)
    {
        var request = await (await portal.As(Cast.Maker)).Sends(Exemption);
        (await (await portal.As(Cast.Checker)).Approves(request)).Accepted();
        (await (await portal.As(Cast.Reviewer)).Approves(request)).Accepted();
        (await (await portal.As(Cast.Approver)).Approves(request)).Accepted();
        return await database.ValueAsync<string>(
            """
            SELECT concat_ws(' ', r.bundle_hash, r.status, r.run -> 'tokens' -> 0 ->> 'step',
              (SELECT string_agg(e.type, ',' ORDER BY e.sequence) FROM events.event e WHERE e.request_id = r.id),
              (SELECT string_agg(DISTINCT n.template, ',') FROM notices.notice n WHERE n.request_id = r.id))
            FROM requests.service_request r WHERE r.id = $1
            """,
            Guid.Parse(request));
    }

    private EServiceBundle InForce() =>
        market.Portal.Services.GetRequiredService<Catalogue>().InForce(Exemption, market.Portal.Services.GetRequiredService<BusinessClock>().GetUtcNow())!;

    private Task<(int Status, string Said)> Exports(params string[] arguments) => Runs(folders.FullName, arguments);

    private async Task<(int Status, string Said)> Runs(string workflows, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "dev"), ["export", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["WORKFLOWS"] = workflows;
        start.Environment["ConnectionStrings__ClientConnect"] = market.Database.ConnectionString;
        start.Environment["ConnectionStrings__Owner"] = market.Database.OwnerConnectionString;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said + await errors);
    }

    private static SortedDictionary<string, string> Texts(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f), File.ReadAllText), StringComparer.Ordinal);

    private static DirectoryInfo Copied(string from, DirectoryInfo to)
    {
        foreach (var (name, text) in Texts(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to.FullName, name))!);
            File.WriteAllText(Path.Combine(to.FullName, name), text);
        }

        return to;
    }
}
