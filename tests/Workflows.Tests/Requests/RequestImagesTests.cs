using System.Text.Json.Nodes;
using ClientConnect.Testing.Yardstick;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Tests.Requests;

/// <summary>What a host has in mind of a request decides nothing: another host may have changed it since.</summary>
public sealed class RequestImagesTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task A_click_on_what_was_looked_at_is_decided_from_what_stands_there_now()
    {
        var (here, there) = (await Desk.AtAsync(database), await Desk.AtAsync(database));
        var id = await here.WithClearingHouse();
        var (reviewer, task) = (await here.As(Desk.Reviewer), await here.TaskOf(id));
        (await here.Get<ReadTask>().HandleAsync(reviewer, task, Desk.Ct)).Match(_ => 0, r => throw new InvalidOperationException(r.Code));
        Desk.IdOf(await there.Withdraws(Desk.Maker, id));

        var refused = await here.Refused<TaskIsClosed>(() => here.Get<ClaimTask>().HandleAsync(reviewer, task, null, null, Desk.Ct));

        Assert.Equal("withdrawn", refused.Arguments["status"]);
    }

    [Fact]
    public async Task Who_has_looked_is_not_read_the_whole_request_again()
    {
        var (here, there) = (await Desk.AtAsync(database), await Desk.AtAsync(database));
        var (one, other) = (await here.WithClearingHouse(), await here.WithClearingHouse());
        var (reviewer, stranger) = (await here.As(Desk.Reviewer), await there.As(Desk.Reviewer));
        var (seen, unseen) = (await here.TaskOf(one), await here.TaskOf(other));
        await here.Get<ReadTask>().HandleAsync(reviewer, seen, Desk.Ct);

        using var known = new RoundTrips();
        Desk.IdOf(await here.Get<ClaimTask>().HandleAsync(reviewer, seen, null, null, Desk.Ct));
        var knows = known.Statements;
        using var unknown = new RoundTrips();
        Desk.IdOf(await there.Get<ClaimTask>().HandleAsync(stranger, unseen, null, null, Desk.Ct));

        Assert.Equal((2, 2), (known.Count, unknown.Count));
        Assert.DoesNotContain(knows, s => s.Contains("r.answers", StringComparison.Ordinal));
        Assert.Contains(unknown.Statements, s => s.Contains("r.answers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_another_maker_saved_elsewhere_is_what_is_sent()
    {
        var (here, there) = (await Desk.AtAsync(database), await Desk.AtAsync(database));
        var id = await here.Draft();
        var seen = (await here.Sees(Desk.Maker, id))!;
        var changed = (JsonObject)seen.Draft!.DeepClone();
        changed["remarks"] = "Saved on the other host.";
        Desk.IdOf(await there.Saves(Desk.Maker, id, changed, seen.Version));

        Desk.IdOf(await here.Submits(Desk.Maker, id));

        Assert.Equal("Saved on the other host.", (string?)(await there.Sees(Desk.Maker, id))!.Answers["remarks"]);
    }

    [Fact]
    public async Task What_the_register_holds_is_asked_for_by_every_click()
    {
        await using var own = await DeskDatabase.CreateAsync();
        var desk = await Desk.AtAsync(own);
        var position = own.NextPosition();
        var id = await desk.WithClearingHouse(desk.Answers(position));
        Desk.IdOf(await desk.Claims(Desk.Reviewer, id));
        var (reviewer, task) = (await desk.As(Desk.Reviewer), await desk.TaskOf(id));
        var read = (await desk.Get<ReadTask>().HandleAsync(reviewer, task, Desk.Ct)).Value;
        Assert.NotEmpty(read.Request.Register);
        await own.Rows.OwnerRunsAsync("UPDATE register.entry SET values = values || '{\"quantity\": 1}' WHERE key = $1", read.Request.Register[0].Key);

        await desk.Refused<ContentHasChanged>(() => desk.Get<DecideTask>().HandleAsync(reviewer, task, new Decision(Decision.Approve, null, null, null, read.ContentHash), null, Desk.Ct));
    }

    [Fact]
    public async Task Two_clicks_on_one_image_have_objects_of_their_own()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithClearingHouse();
        var (reviewer, task) = (await desk.As(Desk.Reviewer), await desk.TaskOf(id));
        var image = (await desk.Get<ReadTask>().HandleAsync(reviewer, task, Desk.Ct)).Value.Request;
        image.Answers["remarks"] = "Written into what was read.";

        Desk.IdOf(await desk.Claims(Desk.Reviewer, id));
        Desk.IdOf(await desk.Decides(Desk.Reviewer, id));

        Assert.Null((await desk.Sees(Desk.Reviewer, id))!.Answers["remarks"]);
    }
}
