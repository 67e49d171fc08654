using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.EServices.Tests;

public class DeadlinePlannerTests
{
    [Fact]
    public async Task Sixty_days_around_holidays_and_half_days_plan_as_agreed()
    {
        var table = new StringBuilder("settled         | buy-in     | cut-off          | late until       | start by         | maker by | decision by      | because\n");
        DateOnly[] around = [new(2026, 2, 9), new(2026, 3, 30), new(2026, 9, 24), new(2026, 12, 17), new(2027, 2, 2), new(2027, 12, 20)];
        foreach (var day in around.SelectMany(first => Enumerable.Range(0, 14).Select(first.AddDays)).Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Take(60))
        {
            table.Append($"{Name(day)} {day.Year} | {await Row(day)}".TrimEnd(' ', '|')).Append('\n');
        }

        Golden.Matches(table.ToString(), "Golden/deadlines.txt");
    }

    [Theory]
    [InlineData("2026-12-28 18:30", "01:00", "2026-12-28 17:00")]
    [InlineData("2026-12-28 09:30", "01:00", "2026-12-23 17:30")]
    [InlineData("2026-12-24 12:00", "02:00", "2026-12-23 16:00")]
    [InlineData("2026-12-28 12:00", "12:00", "2026-12-23 09:00")]
    [InlineData("2026-12-28 12:00", "00:00", "2026-12-28 12:00")]
    [InlineData("2026-12-28 09:00", "00:30", "2026-12-23 17:30")]
    public async Task When_to_begin_is_counted_in_working_time(string end, string needed, string expected) =>
        Assert.Equal(ExemptionForm.Moment(expected), WorkingTime.Before(ExemptionForm.Moment(end), TimeSpan.Parse(needed, CultureInfo.InvariantCulture), DayKind.Settlement, await Folders.Calendar));

    [Fact]
    public async Task A_deadline_waits_until_its_anchor_is_known()
    {
        var (form, facts) = await Facts("2026-11-23 10:00");

        Assert.Null(Plan(form, facts)["exemptionsEnd"]);
        facts["lines"] = new JsonObject { ["latest"] = new JsonObject { ["until"] = "2026-11-27" } };
        Assert.Equal(ExemptionForm.Moment("2026-11-28 00:00"), Plan(form, facts)["exemptionsEnd"]!.DueAt);
    }

    [Fact]
    public async Task China_Connect_closes_earlier_on_northbound_days()
    {
        var (form, facts) = await Facts("2026-09-24 10:00", ExemptionForm.ChinaConnect, "CC_SH");
        var cutOff = Plan(form, facts)["cutOff"]!;

        Assert.Equal((ExemptionForm.Moment("2026-09-24 18:30"), ExemptionForm.Moment("2026-09-28 08:45")), (cutOff.DueAt, cutOff.PassesAt));
        Assert.Equal("The mainland markets are closed on Fri 25 Sep 2026 (Mid-Autumn Festival)", Assert.Single(cutOff.Reasons).En);
        Assert.False(cutOff.Verified);
    }

    [Fact]
    public async Task Beyond_the_known_calendar_a_deadline_is_refused_not_guessed()
    {
        var (form, facts) = await Facts("2026-11-23 10:00");
        facts["answers"]!["market"] = "CC_SH";
        facts["answers"]!["buyInDate"] = "2027-01-04";

        Assert.IsType<CalendarNotKnown>(Plan(form, facts).Refused["cutOff"]);
        Assert.NotNull(Plan(form, facts)["decisionDue"]);
    }

    [Theory]
    [InlineData("2026-12-23 18:00", true, null)]
    [InlineData("2026-12-24 10:00", false, "2026-12-28 00:00")]
    [InlineData("2026-12-27 10:00", false, "2026-12-28 00:00")]
    public async Task A_checker_may_send_on_processing_days_only(string now, bool isOpen, string? next)
    {
        var (form, facts) = await Facts("2026-11-23 10:00");
        var day = DeadlinePlanner.ProcessingAt(form.Bundle.Service, facts, await Folders.Calendar, ExemptionForm.Moment(now)).Value;

        Assert.Equal((isOpen, !isOpen), (day.IsOpen, day.IsRefused));
        Assert.Equal(next is null ? null : ExemptionForm.Moment(next), day.NextAt);
        Assert.Equal(isOpen, day.Reasons.Count == 0);
    }

    private static async Task<string> Row(DateOnly settled)
    {
        var calendar = await Folders.Calendar;
        if (!calendar.Is(DayKind.Settlement, settled).Value)
        {
            return $"no settlement day: {calendar.Reasons(DayKind.Settlement, settled)[0].Words.En}";
        }

        var (form, facts) = await Facts($"{settled:yyyy-MM-dd} 10:00");
        var (cutOff, decision) = (Plan(form, facts)["cutOff"], Plan(form, facts)["decisionDue"]);
        return cutOff is null
            ? "not known"
            : $"{Name(HongKong.DateIn(decision!.DueAt))} | {Name(HongKong.DateIn(cutOff.DueAt))} {Time(cutOff.DueAt)} | {Name(HongKong.DateIn(cutOff.LateAt!.Value))} {Time(cutOff.LateAt.Value)} | {Name(HongKong.DateIn(cutOff.StartBy))} {Time(cutOff.StartBy)} | {Time(cutOff.LatestSafeAt)}    | {Name(HongKong.DateIn(decision.DueAt))} {Time(decision.DueAt)} | {string.Join("; ", cutOff.Reasons)}";
    }

    private static async Task<(ExemptionForm Form, JsonObject Facts)> Facts(string now, HeldMembership? membership = null, string market = "HK")
    {
        var form = await ExemptionForm.AtAsync(now, membership);
        return (form, new JsonObject { ["answers"] = form.Evaluate(new JsonObject { ["market"] = market }).Answers });
    }

    private static DeadlinePlan Plan(ExemptionForm form, JsonObject facts) => DeadlinePlanner.Plan(form.Bundle.Service, facts, form.Context.Calendar, form.Context.Now);

    private static string Name(DateOnly day) => day.ToString("ddd dd MMM", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset moment) => moment.ToHongKong().ToString("HH:mm", CultureInfo.InvariantCulture);
}
