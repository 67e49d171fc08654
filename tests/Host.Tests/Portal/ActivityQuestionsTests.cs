using System.Net;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Staff write an activity's questions on its page, and the enrolment form asks them.</summary>
public sealed class ActivityQuestionsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private static readonly Dictionary<string, string> Written = new()
    {
        ["title.en"] = "Asked",
        ["title.zh-Hant"] = "提問",
        ["title.zh-Hans"] = "提问",
        ["type"] = "SURVEY",
        ["mandatory"] = "false",
        ["waitingList"] = "false",
        ["checker"] = "false",
        ["opens"] = "2026-01-01",
        ["closes"] = "2027-12-01",
        ["cancelBy"] = "2027-12-01",
        ["occasions[0].date"] = "2027-12-02",
        ["questions[0].label.en"] = "How is the new timetable?",
        ["questions[0].label.zh-Hant"] = "新時間表如何？",
        ["questions[0].label.zh-Hans"] = "新时间表如何？",
        ["questions[0].type"] = "choice",
        ["questions[0].required"] = "true",
        ["questions[0].each"] = "false",
        ["questions[0].options"] = "Good | 好 | 好\nBad | 不好 | 不好",
        ["questions[1].label.en"] = "",
        ["questions[1].type"] = "",
    };

    [Fact]
    public async Task They_are_written_asked_and_changed()
    {
        var supervisor = await market.As(Cast.Supervisor);
        var wrong = await supervisor.PostFormAsync("/activities", new(Written) { ["questions[0].options"] = "Good\nBad" }, "/activities/new");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("parted by |", wrong.Body, StringComparison.Ordinal);

        var saved = await supervisor.PostFormAsync("/activities", new(Written), "/activities/new");
        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        var activity = (await supervisor.GetAsync("/api/activities")).Accepted().Json.AsArray().Single(a => (string)a!["title"]!["en"]! == "Asked")!;
        Assert.Equal("q1", (string)activity["questions"]![0]!["name"]!);

        var page = (await supervisor.GetAsync($"/activities/{activity["activity"]}/edit")).Accepted().Body;
        Assert.Contains("name=\"questions[0].name\" value=\"q1\"", page, StringComparison.Ordinal);

        var maker = await market.As(Cast.Maker);
        var id = (await maker.SendsJsonAsync(HttpMethod.Post, "/api/requests", new JsonObject
        {
            ["eService"] = "event-id-enrolment",
            ["membership"] = Cast.Maker.Membership,
            ["answers"] = new JsonObject { ["occasion"] = (string)activity["key"]! },
        })).Accepted().Id();
        var form = (await maker.GetAsync($"/requests/{id}/form")).Accepted().Body;
        Assert.Contains("name=\"questions_q1\" value=\"o2\"", form, StringComparison.Ordinal);
        Assert.DoesNotContain("attendees", form, StringComparison.Ordinal);
    }
}
