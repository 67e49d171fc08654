using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>A click that is sent again under its key is done once, and answered as the first time.</summary>
public sealed class OperationKeysTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task Fifty_at_once_with_one_key_begin_one_request()
    {
        var maker = await market.As(Cast.Maker);
        var answers = await maker.SampleOf(PortalWithMail.Exemption);
        var before = await Requests();

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => maker.StartsDraft(PortalWithMail.Exemption, answers, key: "fifty")));

        Assert.Single(all.Select(a => a.Id()).Distinct());
        Assert.All(all, a => Assert.Equal(System.Net.HttpStatusCode.Created, a.Status));
        Assert.Equal(before + 1, await Requests());
    }

    [Fact]
    public async Task Fifty_at_once_with_one_key_send_once()
    {
        var maker = await market.As(Cast.Maker);
        var id = (await maker.StartsDraft(PortalWithMail.Exemption, await maker.SampleOf(PortalWithMail.Exemption))).Id();

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => maker.SubmitsRequest(id, key: "send-fifty")));

        Assert.Single(all.Select(a => a.Accepted().Body).Distinct());
        Assert.Equal(1, await market.Database.ValueAsync<long>("SELECT count(*) FROM events.event WHERE request_id = $1", Guid.Parse(id)));
    }

    [Fact]
    public async Task The_same_decision_again_is_answered_as_the_first_time_whatever_came_after()
    {
        var (maker, checker) = (await market.As(Cast.Maker), await market.As(Cast.Checker));
        var id = await market.Sent();
        var task = await checker.TaskOf(id);
        var hash = (await checker.SeesTask(task)).Json.Text("contentHash");
        var first = (await checker.DecidesTask(task, "approve", contentHash: hash, key: "decide")).Accepted();
        (await maker.WithdrawsRequest(id, "Delivered.", key: "take-back")).Accepted();
        var before = await market.Stored(id);

        var again = await checker.DecidesTask(task, "approve", contentHash: hash, key: "decide");
        var back = await maker.WithdrawsRequest(id, "Delivered.", key: "take-back");

        Assert.Equal((first.Body, first.Status), (again.Body, again.Status));
        Assert.Equal("withdrawn", back.Accepted().Json.Text("status"));
        Assert.Equal(before, await market.Stored(id));
    }

    [Fact]
    public async Task A_key_that_was_used_for_something_else_is_refused()
    {
        var maker = await market.As(Cast.Maker);
        var answers = await maker.SampleOf(PortalWithMail.Exemption);
        var id = (await maker.StartsDraft(PortalWithMail.Exemption, answers, key: "once")).Id();
        answers["remarks"] = "Another.";

        Assert.Equal(422, (await maker.StartsDraft(PortalWithMail.Exemption, answers, key: "once")).Refused("operation-key-was-used-for-something-else").Status);
        (await maker.SubmitsRequest(id, key: "once")).Refused("operation-key-was-used-for-something-else");
        Assert.Equal("draft", await maker.StatusOf(id));
    }

    [Fact]
    public async Task Two_people_may_use_the_same_key()
    {
        var (maker, colleague) = (await market.As(Cast.Maker), await market.As(Cast.B09001.Maker2));
        var answers = await maker.SampleOf(PortalWithMail.Exemption);

        Assert.NotEqual(
            (await maker.StartsDraft(PortalWithMail.Exemption, answers, key: "shared")).Id(),
            (await colleague.StartsDraft(PortalWithMail.Exemption, answers, key: "shared")).Id());
    }

    [Theory]
    [InlineData(201, 400)]
    [InlineData(200, 201)]
    public async Task A_key_has_at_most_two_hundred_characters(int length, int status)
    {
        var maker = await market.As(Cast.Maker);

        Assert.Equal(status, (int)(await maker.StartsDraft(PortalWithMail.Exemption, key: new string('k', length))).Status);
    }

    [Fact]
    public async Task Without_a_key_each_call_stands_for_itself()
    {
        var maker = await market.As(Cast.Maker);

        async Task<Answer> Begins()
        {
            using var content = new StringContent(new JsonObject { ["eService"] = PortalWithMail.Exemption, ["membership"] = Cast.Maker.Membership }.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
            return await maker.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/requests") { Content = content });
        }

        Assert.NotEqual((await Begins()).Id(), (await Begins()).Id());
    }

    private Task<long> Requests() => market.Database.ValueAsync<long>("SELECT count(*) FROM requests.service_request");
}
