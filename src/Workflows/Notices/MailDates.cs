using System.Globalization;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Notices;

/// <summary>Moments and days as mails say them: always Hong Kong time, always with the day of the week, and saying so.</summary>
internal static class MailDates
{
    private const string ChineseWeekdays = "日一二三四五六";

    /// <summary>"Thu 26 Nov 2026, 18:00 HKT" for an ISO instant; the text itself where it is none.</summary>
    public static string? Moment(string? iso, string language) =>
        DateTimeOffset.TryParse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? Words(HongKong.DateIn(instant), language) + Time(instant.ToHongKong(), language)
            : iso;

    /// <summary>"Thu 26 Nov 2026" for an ISO date, or for the day in Hong Kong of an ISO instant; the text itself where it is neither.</summary>
    public static string? Day(string? iso, string language) =>
        DateOnly.TryParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Words(day, language)
        : DateTimeOffset.TryParse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? Words(HongKong.DateIn(instant), language)
        : iso;

    private static string Words(DateOnly day, string language) => language switch
    {
        "zh-Hant" or "zh-Hans" => $"{Chinese(day)}（星期{ChineseWeekdays[(int)day.DayOfWeek]}）",
        _ => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture),
    };

    private static string Time(DateTimeOffset inHongKong, string language)
    {
        var time = inHongKong.ToString("HH:mm", CultureInfo.InvariantCulture);
        return language switch
        {
            "zh-Hant" => $"{time}（香港時間）",
            "zh-Hans" => $"{time}（香港时间）",
            _ => $", {time} HKT",
        };
    }

    private static string Chinese(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");
}
