using ClientConnect.Testing;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Kernel;
using static ClientConnect.Workflows.Tests.Calendar.KnownCalendar;

namespace ClientConnect.Workflows.Tests.Calendar;

public class BusinessCalendarTests
{
    [Theory]
    [InlineData("2026-02-12", "2026-02-13", "2026-02-20", "2026-02-23")]
    [InlineData("2026-02-16", "2026-02-20", "2026-02-23", "2026-02-24")]
    [InlineData("2026-04-01", "2026-04-02", "2026-04-08", "2026-04-09")]
    [InlineData("2026-09-30", "2026-10-02", "2026-10-05", "2026-10-06")]
    [InlineData("2026-12-21", "2026-12-22", "2026-12-23", "2026-12-28")]
    [InlineData("2026-12-22", "2026-12-23", "2026-12-28", "2026-12-29")]
    [InlineData("2026-12-24", "2026-12-28", "2026-12-29", "2026-12-30")]
    [InlineData("2026-12-29", "2026-12-30", "2027-01-04", "2027-01-05")]
    [InlineData("2026-12-31", "2027-01-04", "2027-01-05", "2027-01-06")]
    [InlineData("2027-02-04", "2027-02-10", "2027-02-11", "2027-02-12")]
    [InlineData("2027-03-24", "2027-03-25", "2027-03-30", "2027-03-31")]
    [InlineData("2027-12-23", "2027-12-28", "2027-12-29", "2027-12-30")]
    public void A_trade_settles_and_is_bought_in_on_the_worked_days(string trade, string first, string due, string buyIn)
    {
        Assert.Equal([Day(first), Day(due), Day(buyIn)], from n in new[] { 1, 2, 3 } select Known.Plus(Day(trade), n, DayKind.Settlement).Value);
    }

    [Theory]
    [InlineData("2014-12-22", "2014-12-29")]
    [InlineData("2014-12-23", "2014-12-30")]
    [InlineData("2014-12-24", "2014-12-30")]
    public void The_published_case_of_Christmas_2014_comes_out(string trade, string due)
    {
        NamedDays One(string day) => new(Day(day), Day(day), new LocalText("Christmas"));
        var calendar = new BusinessCalendar(new CalendarDays(
            [new MarketYear(Market.HongKong, 2014, "Notice of 2014", true, [One("2014-12-25"), One("2014-12-26")], [One("2014-12-24"), One("2014-12-31")])],
            HalfDayRules.AsPublished));

        Assert.Equal(Day(due), calendar.Plus(Day(trade), 2, DayKind.Settlement).Value);
    }

    [Theory]
    [InlineData(2026, DayKind.Trading, 247)]
    [InlineData(2026, DayKind.Settlement, 244)]
    [InlineData(2026, DayKind.Northbound, 236)]
    [InlineData(2027, DayKind.Trading, 248)]
    [InlineData(2027, DayKind.Settlement, 245)]
    public void A_year_has_as_many_days_of_each_kind_as_published(int year, DayKind kind, int days) => Assert.Equal(days, Known.Count(kind, year));

    [Fact]
    public void Half_days_are_the_eves_of_Christmas_New_Year_and_Lunar_New_Year() =>
        Assert.Equal(
            ["2026-02-16", "2026-12-24", "2026-12-31", "2027-02-05", "2027-12-24", "2027-12-31"],
            DaysOf(2026).Concat(DaysOf(2027)).Where(d => Known.IsHalfDay(d).Value).Select(Iso));

    [Fact]
    public void On_days_when_only_Hong_Kong_is_closed_nothing_trades_northbound() =>
        Assert.Equal(
            ["2026-04-03", "2026-04-07", "2026-05-25", "2026-07-01", "2026-10-19", "2026-12-25"],
            DaysOf(2026).Where(d => !Known.Is(DayKind.Trading, d).Value && Known.Is(DayKind.Mainland, d).Value).Select(Iso));

    [Fact]
    public void On_days_when_only_the_mainland_is_closed_nothing_trades_northbound() =>
        Assert.Equal(
            ["2026-01-02", "2026-02-16", "2026-02-20", "2026-02-23", "2026-05-04", "2026-05-05", "2026-09-25", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"],
            DaysOf(2026).Where(d => Known.Is(DayKind.Trading, d).Value && !Known.Is(DayKind.Mainland, d).Value).Select(Iso));

    [Fact]
    public void H_minus_1_days_come_before_holidays_of_Hong_Kong_alone() =>
        Assert.Equal(
            ["2026-04-02", "2026-05-22", "2026-06-30", "2026-10-16", "2026-12-23"],
            DaysOf(2026).SkipLast(4).Where(d => Known.IsHMinusOne(d).Value).Select(Iso));

    [Theory]
    [InlineData("2026-04-02", "2026-04-08")]
    [InlineData("2026-05-22", "2026-05-26")]
    [InlineData("2026-06-30", "2026-07-02")]
    [InlineData("2026-10-16", "2026-10-20")]
    [InlineData("2026-12-24", "2026-12-28")]
    [InlineData("2026-12-23", "2026-12-24")]
    [InlineData("2026-12-30", "2026-12-31")]
    public void The_money_of_a_China_Connect_trade_settles_on_Hong_Kongs_next_day(string trade, string money) =>
        Assert.Equal(Day(money), Known.ChinaConnectMoneyDay(Day(trade)).Value);

    [Theory]
    [InlineData("2026-12-23", "2026-12-28")]
    [InlineData("2026-12-30", "2027-01-04")]
    public void Where_half_days_do_not_settle_China_Connect_its_money_moves_on(string trade, string money) =>
        Assert.Equal(Day(money), With(new HalfDayRules(Settle: false, SettleChinaConnect: false)).ChinaConnectMoneyDay(Day(trade)).Value);

    [Fact]
    public void Days_outside_the_known_years_are_refused_and_never_guessed()
    {
        Assert.Equal(new CalendarNotKnown(Market.Mainland, Day("2027-01-02")), Known.Is(DayKind.Northbound, Day("2027-01-02")).Refusal);
        Assert.Equal(new CalendarNotKnown(Market.HongKong, Day("2028-01-01")), Known.Plus(Day("2027-12-30"), 1, DayKind.Settlement).Refusal);
        Assert.Equal(new CalendarNotKnown(Market.HongKong, Day("2025-12-31")), Known.Plus(Day("2026-01-02"), -1, DayKind.Business).Refusal);
        Assert.True(Known.IsHMinusOne(Day("2026-12-30")).IsRefused);
        Assert.True(Known.Plus(DateOnly.MaxValue, 1, DayKind.Calendar).IsRefused);
        Assert.Equal("calendar-not-known", new CalendarNotKnown(Market.Mainland, default).Code);
    }

    [Fact]
    public void A_day_that_does_not_count_says_why()
    {
        Assert.Equal("Thu 24 Dec 2026 is a half-day (Christmas Eve)", Why(DayKind.Settlement, "2026-12-24"));
        Assert.Equal("Fri 25 Dec 2026 is a general holiday (Christmas Day)", Why(DayKind.Business, "2026-12-25"));
        Assert.Equal("Sat 26 Dec 2026 is a weekend day", Why(DayKind.Trading, "2026-12-26"));
        Assert.Equal("The mainland markets are closed on Fri 25 Sep 2026 (Mid-Autumn Festival)", Why(DayKind.Northbound, "2026-09-25"));
        Assert.Empty(Known.Reasons(DayKind.Business, Day("2026-12-24")));
        Assert.Equal("2026年12月24日（星期四）是半日市（聖誕節前夕）", Known.Reasons(DayKind.Settlement, Day("2026-12-24")).Single().Words.ZhHant);
    }

    [Fact]
    public void What_lies_between_two_days_is_told_without_its_weekends() =>
        Assert.Equal(
            ["2026-12-24", "2026-12-25"],
            Known.Skipped(Day("2026-12-23"), Day("2026-12-28"), DayKind.Settlement).Select(r => Iso(r.Date)));

    [Fact]
    public void The_version_changes_with_the_data_only()
    {
        Assert.Equal(Known.Version, new BusinessCalendar(CalendarReader.Read([.. Files()]).Days).Version);
        Assert.NotEqual(Known.Version, With(new HalfDayRules(true, true)).Version);

        static IEnumerable<KeyValuePair<string, string>> Files() =>
            Directory.EnumerateFiles(Path.Combine(Repository.Workflows, "_shared", "calendar"))
                .Reverse().Select(f => KeyValuePair.Create(Path.GetFileName(f), File.ReadAllText(f)));
    }

    [Fact]
    public void Unverified_years_are_marked()
    {
        Assert.True(Known.IsVerified(DayKind.Northbound, Day("2026-12-31")));
        Assert.False(Known.IsVerified(DayKind.Settlement, Day("2027-01-04")));
    }

    private static string Why(DayKind kind, string day) => Known.Reasons(kind, Day(day)).Single().Words.En;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
