using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;

namespace ClientConnect.Workflows.Tests.Inbox;

/// <summary>A drawing that asks two checkers of the participant: until the second one agrees the request is with its firm.</summary>
public sealed class TwoCheckersTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    private const string Second = "checker2@b09001.example";

    [Fact]
    public async Task With_one_yes_nothing_is_sent_and_with_two_it_is()
    {
        var desk = await OfTwoAsync();
        var id = await desk.WithChecker();
        Desk.IdOf(await desk.Decides(Desk.Checker, id));

        var waiting = (await desk.Sees(Desk.Maker, id))!;
        Assert.Equal((RequestStatus.PendingChecker, null), (waiting.Status, waiting.SubmittedAt));
        Assert.Null(await desk.Sees(Desk.Reviewer, id));
        Assert.Equal("check.agreed", (await desk.Get<RequestTimeline>().OfAsync(await desk.As(Desk.Maker), waiting, Desk.Ct))[0].What);

        desk.ClockShows("2026-11-23 11:00");
        Assert.Equal("submitted", (await desk.Decides(Second, id)).Value.Status);
        Assert.Equal(Desk.Moment("2026-11-23 11:00"), (await desk.Sees(Desk.Reviewer, id))!.SubmittedAt!.Value, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task One_person_is_not_two_and_who_edited_is_none()
    {
        var desk = await OfTwoAsync();
        var id = await desk.Draft();
        Desk.IdOf(await desk.Saves("both@b09001.example", id, desk.Answers(), (await desk.Sees("both@b09001.example", id))!.Version));
        Desk.IdOf(await desk.Submits(Desk.Maker, id));
        Desk.IdOf(await desk.Decides(Desk.Checker, id));

        await desk.Refused<YouHaveAnsweredAlready>(() => desk.Decides(Desk.Checker, id));
        await desk.Refused<SamePersonOnBothSides>(() => desk.Decides("both@b09001.example", id));
    }

    [Fact]
    public async Task A_return_takes_the_first_yes_back()
    {
        var desk = await OfTwoAsync();
        var id = await desk.WithChecker();
        Desk.IdOf(await desk.Decides(Desk.Checker, id));
        Assert.Equal("returnedByChecker", (await desk.Decides(Second, id, Decision.Return)).Value.Status);
        Desk.IdOf(await desk.Submits(Desk.Maker, id));

        Assert.Equal("pendingChecker", (await desk.Decides(Second, id)).Value.Status);
        Assert.Equal("submitted", (await desk.Decides(Desk.Checker, id)).Value.Status);
    }

    [Fact]
    public async Task It_is_sent_when_the_last_one_agrees_and_so_it_may_be_late()
    {
        var desk = await OfTwoAsync();
        var id = await desk.WithChecker();
        desk.ClockShows("2026-11-23 18:00");
        Desk.IdOf(await desk.Decides(Desk.Checker, id));
        Assert.False((await desk.Sees(Desk.Maker, id))!.IsLate);

        desk.ClockShows("2026-11-23 20:00");
        Desk.IdOf(await desk.Decides(Second, id));
        Assert.True((await desk.Sees(Desk.Maker, id))!.IsLate);
    }

    [Fact]
    public async Task Both_at_the_same_moment_are_two()
    {
        var desk = await OfTwoAsync();
        var id = await desk.WithChecker();

        var both = await Task.WhenAll(desk.Decides(Desk.Checker, id), desk.Decides(Second, id));

        Assert.Equal(["pendingChecker", "submitted"], both.Select(d => d.Value.Status).Order(StringComparer.Ordinal));
    }

    private async Task<Desk> OfTwoAsync()
    {
        var loader = await BundleLoader.CreateAsync(await WorkflowsFolder.ReadAsync(Repository.Workflows, Desk.Ct), Desk.Ct);
        var document = (JsonObject)database.Bundle.Document.DeepClone();
        document["files"]!["service.json"]!["parts"]!["check"] = 2;
        foreach (var check in document["files"]!["workflow.json"]!["root"]!["activities"]!.AsArray().Where(s => (string?)s!["type"] == "ClientConnect.ParticipantCheck"))
        {
            check!["quorum"] = new JsonObject { ["typeName"] = "Int32", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "2" } };
        }

        var bundle = loader.Load(DeskDatabase.EService, document).Bundle!;
        var desk = await Desk.AtAsync(database);
        desk.Get<Catalogue>().Add(bundle);
        desk.Get<Catalogue>().PutInForce(bundle.Hash);
        return desk;
    }
}
