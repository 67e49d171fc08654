using System.Globalization;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Kit;

/// <summary>An instant as people read it here, with the business day it is where that matters.</summary>
/// <param name="Day">The business day's number as the calendar says it (<c>T+2</c>); null where it has none.</param>
public sealed record Moment(DateTimeOffset At, string? Day = null)
{
    public static implicit operator Moment(DateTimeOffset at) => new(at);
}

/// <summary>
/// The one formatter of times: "Thu 26 Nov 2026 (T+2), 18:00 HKT". Always Hong Kong's wall clock, always said to be so,
/// never the server's culture.
/// </summary>
public static class HongKongWords
{
    private const string Weekdays = "日一二三四五六";

    public static string DateAndTime(Moment moment, string language) => IsChinese(language)
        ? $"{Date(HongKong.DateIn(moment.At), language, moment.Day)}{Time(moment.At)} HKT"
        : $"{Date(HongKong.DateIn(moment.At), language, moment.Day)}, {Time(moment.At)} HKT";

    /// <summary>"Thu 26 Nov 2026 (T+2)"; in Chinese "2026年11月26日（四，T+2）".</summary>
    public static string Date(DateOnly date, string language, string? day = null)
    {
        if (IsChinese(language))
        {
            var weekday = Weekdays[(int)date.DayOfWeek];
            var inside = day is null ? $"{weekday}" : $"{weekday}，{day}";
            return string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日（{inside}）");
        }

        var text = date.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);
        return day is null ? text : $"{text} ({day})";
    }

    /// <summary>"Thursday": what stands beside a date that somebody typed.</summary>
    public static string Weekday(DateOnly date, string language) => IsChinese(language)
        ? $"星期{Weekdays[(int)date.DayOfWeek]}"
        : date.ToString("dddd", CultureInfo.InvariantCulture);

    /// <summary>For dense tables: "26 Nov 18:00" within the year of <paramref name="now"/>, else with the year.</summary>
    /// <param name="dated">Today's has its date as well; else the time alone.</param>
    public static string Short(DateTimeOffset at, DateTimeOffset now, string language, bool dated = false)
    {
        var date = HongKong.DateIn(at);
        if (!dated && date == HongKong.DateIn(now)) return Time(at);
        var isThisYears = date.Year == HongKong.DateIn(now).Year;
        if (IsChinese(language)) return string.Create(CultureInfo.InvariantCulture, $"{(isThisYears ? "" : $"{date.Year}年")}{date.Month}月{date.Day}日 {Time(at)}");
        var pattern = isThisYears ? "ddd d MMM" : "d MMM yyyy";
        return $"{date.ToString(pattern, CultureInfo.InvariantCulture)} {Time(at)}";
    }

    public static string Time(DateTimeOffset at) => at.ToHongKong().ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"2 h 05 min", "3 d 4 h", "0 min": whole minutes, rounded down, never negative.</summary>
    public static string Span(TimeSpan span, string language)
    {
        var (d, h, m) = IsChinese(language) ? (" 日", " 小時", " 分鐘") : (" d", " h", " min");
        if (language == "zh-Hans") (h, m) = (" 小时", " 分钟");
        var left = span < TimeSpan.Zero ? TimeSpan.Zero : span;
        var c = CultureInfo.InvariantCulture;
        if (left.TotalDays >= 1) return string.Create(c, $"{(int)left.TotalDays}{d} {left.Hours}{h}");
        return left.TotalHours >= 1 ? string.Create(c, $"{left.Hours}{h} {left.Minutes:00}{m}") : string.Create(c, $"{left.Minutes}{m}");
    }

    private static bool IsChinese(string language) => language is "zh-Hant" or "zh-Hans";
}
