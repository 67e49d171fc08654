using System.Net;
using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Enrolment;
using ClientConnect.Workflows.Enrolment;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>How a roster reads: names apart, who waits counted from the front, and a date that is cancelled says so everywhere.</summary>
public sealed class RosterTests
{
    private static readonly JsonObject Values = JsonNode.Parse(
        """
        {"activity":"EV2026-0009","title":{"en":"Lunch briefing"},"type":"BRIEFING","audience":[],"mandatory":false,"date":"2026-12-14","starts":"12:30","ends":"14:00","venue":"Room 7","capacity":2,
        "waitingList":true,"opens":"2026-11-02","closes":"2026-12-07","cancelBy":"2026-12-09","mostPerFirm":null,"checker":false,"status":"OPEN","by":null}
        """)!.AsObject();

    [Fact]
    public async Task Names_stand_apart_from_positions_and_the_first_who_waits_is_the_first_whoever_arrived_before()
    {
        var page = await Shown("OPEN");

        Assert.Contains("Amy Lau <span class=\"cc-muted\">Clerk</span>", page, StringComparison.Ordinal);
        Assert.Contains("Waiting list: request 1<", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/activities\"", page, StringComparison.Ordinal);
        Assert.Contains("Requests that wait", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_date_says_so_of_everybody_who_was_on_it()
    {
        var page = await Shown("CANCELLED");

        Assert.Contains("2 of 2 (until it was cancelled)", page, StringComparison.Ordinal);
        Assert.Contains("1 (until it was cancelled)", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">Enrolled<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Waiting list", page, StringComparison.Ordinal);
    }

    private static async Task<string> Shown(string status)
    {
        var values = (JsonObject)Values.DeepClone();
        values["status"] = status;
        RosterRow Row(EnrolmentState state, int position, string name) => new(new RequestId(Guid.NewGuid()), "R-1", 1, "Harbour", "B09001", state, position, name, "Clerk", "amy@b09001.example", null, null, null, null, null);
        var roster = new RosterOf(new OccasionCount(Occasion.From("EV2026-0009-1", values), 2, 1), [Row(EnrolmentState.Enrolled, 1, "Amy Lau"), Row(EnrolmentState.Waiting, 2, "Ken Yip")]);
        return WebUtility.HtmlDecode(await Rendering.Page<RosterPage, RosterView>(Samples.Reviewer, new RosterView(roster, false, false)));
    }
}
