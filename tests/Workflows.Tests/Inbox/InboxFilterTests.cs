using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Tests.Requests;

namespace ClientConnect.Workflows.Tests.Inbox;

/// <summary>The names by which a view stands in addresses, in the API and in saved views.</summary>
public sealed class InboxFilterTests
{
    public static TheoryData<InboxFilter> All =>
    [
        new InboxFilter(),
        new InboxFilter(UnclaimedOnly: true),
        new InboxFilter(null, TaskKind.Approval, "an-eservice", MineOnly: true) { Due = DueWithin.Hour, LateOnly = true, EscalatedOnly = true, Search = "B09001", Order = InboxOrder.Waiting },
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void What_a_filter_says_of_itself_is_read_as_the_same_filter(InboxFilter filter)
    {
        var terms = filter.Terms().ToDictionary(t => t.Name, t => t.Value);

        Assert.Equal(filter, InboxFilter.From(terms.GetValueOrDefault));
        Assert.Equal(filter, InboxFilter.From(filter.ToJson()));
    }

    [Fact]
    public void A_view_that_was_kept_long_ago_still_means_the_same()
    {
        const string Stored = """{"view": "unclaimed", "step": "review", "eService": "an-eservice", "due": "today", "late": "true", "escalated": "true", "q": "B09001", "sort": "participant"}""";

        Assert.Equal(
            new InboxFilter(null, TaskKind.Review, "an-eservice", UnclaimedOnly: true) { Due = DueWithin.Today, LateOnly = true, EscalatedOnly = true, Search = "B09001", Order = InboxOrder.Participant },
            InboxFilter.From((JsonObject)JsonNode.Parse(Stored)!));
    }

    [Theory]
    [InlineData("step", "7")]
    [InlineData("step", "nothing")]
    [InlineData("due", "2")]
    [InlineData("sort", "-1")]
    [InlineData("view", "everybody's")]
    [InlineData("q", "  ")]
    [InlineData("q", "a\0b")]
    public void What_cannot_be_read_cuts_nothing(string name, string value) => Assert.Empty(InboxFilter.From(asked => asked == name ? value : null).Terms());

    [Theory]
    [InlineData(DueWithin.Over, "2026-11-23 10:00")]
    [InlineData(DueWithin.Hour, "2026-11-23 11:00")]
    [InlineData(DueWithin.Today, "2026-11-24 00:00")]
    public void Today_ends_at_midnight_in_Hong_Kong(DueWithin due, string moment) =>
        Assert.Equal(Desk.Moment(moment), new InboxFilter { Due = due }.DueBefore(Desk.Moment("2026-11-23 10:00")));
}
