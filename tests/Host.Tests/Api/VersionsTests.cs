using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>What rests on what was seen says which version that was; who saw an older one is told, and nothing is lost.</summary>
public sealed class VersionsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task Answers_are_saved_only_over_the_version_that_was_seen()
    {
        var (maker, colleague) = (await market.As(Cast.Maker), await market.As(Cast.B09001.Maker2));
        var (id, seen) = await Draft(maker);
        var answers = (await maker.SeesRequest(id)).Json["answers"]!.AsObject();
        (await colleague.SavesAnswers(id, answers, seen)).Accepted();
        var before = await market.Stored(id);

        var late = (await maker.SavesAnswers(id, answers, seen)).Refused("somebody-else-has-saved");

        Assert.Equal((412, "2.0"), (late.Status, late.Body.Text("current")));
        Assert.Equal(before, await market.Stored(id));
        (await maker.SavesAnswers(id, answers, $"W/\"{late.Body.Text("current")}\"")).Accepted();
    }

    [Theory]
    [InlineData("*")]
    [InlineData(null)]
    public async Task Answers_are_not_saved_by_who_does_not_say_what_was_seen(string? ifMatch)
    {
        var maker = await market.As(Cast.Maker);
        var (id, _) = await Draft(maker);

        var answer = await maker.SendsJsonAsync(HttpMethod.Put, $"/api/requests/{id}/answers", new System.Text.Json.Nodes.JsonObject { ["answers"] = new System.Text.Json.Nodes.JsonObject() }, ifMatch: ifMatch);

        Assert.Equal(428, answer.Refused("say-which-version-you-saw").Status);
    }

    [Fact]
    public async Task A_draft_that_a_colleague_changed_is_not_sent_unseen()
    {
        var maker = await market.As(Cast.Maker);
        var (id, seen) = await Draft(maker);
        (await (await market.As(Cast.B09001.Maker2)).SavesAnswers(id, (await maker.SeesRequest(id)).Json["answers"]!.AsObject(), seen)).Accepted();

        Assert.Equal(412, (await maker.SubmitsRequest(id, ifMatch: seen)).Refused("somebody-else-has-saved").Status);
        Assert.Equal("draft", await maker.StatusOf(id));
    }

    [Fact]
    public async Task A_request_that_the_checker_has_sent_meanwhile_is_not_withdrawn_by_who_saw_it_waiting()
    {
        var maker = await market.As(Cast.Maker);
        var id = await market.Sent();
        var seen = (await maker.SeesRequest(id)).ETag;
        (await (await market.As(Cast.Checker)).Approves(id)).Accepted();

        var late = await maker.WithdrawsRequest(id, ifMatch: seen);

        Assert.Equal(412, late.Refused("somebody-else-has-saved").Status);
        Assert.Equal("submitted", await maker.StatusOf(id));
        (await maker.WithdrawsRequest(id, ifMatch: (await maker.SeesRequest(id)).ETag)).Accepted();
    }

    private static async Task<(string Id, string Version)> Draft(Person maker)
    {
        var draft = (await maker.StartsDraft(PortalWithMail.Exemption, await maker.SampleOf(PortalWithMail.Exemption))).Accepted();
        return (draft.Id(), draft.ETag!);
    }
}
