using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Files;

namespace ClientConnect.Workflows.Tests.Files;

public sealed class ScanWaitingAttachmentsTests : IAsyncLifetime
{
    private readonly FakeClamd clamd = new();
    private TestDatabase database = null!;
    private Cabinet cabinet = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        cabinet = new Cabinet(database) { Scanner = ClamdScanner.At(clamd.Address, TimeSpan.FromMilliseconds(500))! };
    }

    public async ValueTask DisposeAsync()
    {
        await clamd.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_file_waits_until_the_scanner_has_found_nothing_in_it()
    {
        var id = (await cabinet.UploadsAsync()).Value.Id;
        Assert.IsType<FileIsWaitingForTheScan>((await cabinet.ReadsAsync(id)).Refusal);
        Assert.Equal(0, clamd.Asked);

        Assert.Equal(new ScanReport(1, 0, false), await cabinet.ScansAsync());
        Assert.Equal(new ScanReport(0, 0, false), await cabinet.ScansAsync());

        Assert.Equal(ScanState.Clean, (await cabinet.ReadsAsync(id)).Value.Scan);
        Assert.Equal(1, clamd.Asked);
    }

    [Fact]
    public async Task An_infected_file_loses_its_content_and_keeps_its_name()
    {
        var id = (await cabinet.UploadsAsync("a.csv", Samples.Eicar)).Value.Id;
        clamd.Answer = _ => "stream: Test.Eicar FOUND";

        Assert.Equal(new ScanReport(0, 1, false), await cabinet.ScansAsync());

        Assert.IsType<FileWasInfected>((await cabinet.ReadsAsync(id)).Refusal);
        Assert.Equal(("a.csv", ScanState.Infected), ((await cabinet.ListsAsync()).Value.Single().Name, await cabinet.ScanOfAsync(id)));
        Assert.Equal(1, await cabinet.RowsAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("INSTREAM size limit exceeded. ERROR")]
    public async Task While_the_scanner_is_silent_files_go_on_waiting_and_are_asked_about_again(string? answer)
    {
        var id = (await cabinet.UploadsAsync()).Value.Id;
        clamd.Answer = _ => answer;
        Assert.True((await cabinet.ScansAsync()).IsSilent);
        Assert.Equal(ScanState.Waiting, await cabinet.ScanOfAsync(id));

        clamd.Answer = _ => "stream: OK";
        Assert.Equal(0, (await cabinet.ScansAsync()).Clean);
        cabinet.Machine.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await cabinet.ScansAsync()).Clean);
    }

    [Fact]
    public async Task A_file_that_the_scanner_cannot_judge_holds_up_no_other()
    {
        await cabinet.UploadsAsync("bad.csv", Samples.Text("bad"));
        clamd.Answer = content => content.Length == 3 ? "stream: ERROR" : "stream: OK";
        await cabinet.ScansAsync();
        await cabinet.UploadsAsync("good.pdf");
        cabinet.Machine.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(new ScanReport(1, 0, true), await cabinet.ScansAsync());
    }

    [Fact]
    public async Task Two_runs_at_once_share_the_work()
    {
        foreach (var i in Enumerable.Range(0, 8))
        {
            await cabinet.UploadsAsync($"{i}.pdf");
        }

        var reports = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(cabinet.ScansAsync)));

        Assert.Equal(8, reports.Sum(r => r.Clean));
        Assert.Equal(8, clamd.Asked);
    }

    [Fact]
    public async Task Without_a_scanner_files_say_that_nobody_looked()
    {
        cabinet.Scanner = new NoVirusScanner();

        Assert.Equal(ScanState.NotScanned, (await cabinet.UploadsAsync()).Value.Scan);
        Assert.Equal(new ScanReport(0, 0, false), await cabinet.ScansAsync());
    }
}
