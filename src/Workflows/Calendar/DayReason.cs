using System.Globalization;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Calendar;

/// <summary>Why a day does not count.</summary>
public enum WhyClosed
{
    /// <summary>Saturday or Sunday.</summary>
    Weekend,

    /// <summary>A general holiday of Hong Kong.</summary>
    Holiday,

    /// <summary>A morning session only: trades, but does not settle.</summary>
    HalfDay,

    /// <summary>The mainland's markets are closed.</summary>
    MainlandClosed,
}

/// <summary>One reason why one day does not count.</summary>
/// <param name="Name">The holiday's name; null for weekends.</param>
public sealed record DayReason(DateOnly Date, WhyClosed Why, LocalText? Name)
{
    /// <summary>The reason as people read it: "Thu 24 Dec 2026 is a half-day (Christmas Eve)".</summary>
    public LocalText Words
    {
        get
        {
            var date = DateWords.Of(Date);
            return Why switch
            {
                WhyClosed.Weekend => new($"{date.En} is a weekend day", $"{date.ZhHant}是週末", $"{date.ZhHans}是周末"),
                WhyClosed.Holiday => new($"{date.En} is a general holiday{Named("en")}", $"{date.ZhHant}是公眾假期{Named("zh-Hant")}", $"{date.ZhHans}是公众假期{Named("zh-Hans")}"),
                WhyClosed.HalfDay => new($"{date.En} is a half-day{Named("en")}", $"{date.ZhHant}是半日市{Named("zh-Hant")}", $"{date.ZhHans}是半日市{Named("zh-Hans")}"),
                WhyClosed.MainlandClosed => new($"The mainland markets are closed on {date.En}{Named("en")}", $"內地市場於{date.ZhHant}休市{Named("zh-Hant")}", $"内地市场于{date.ZhHans}休市{Named("zh-Hans")}"),
                _ => date,
            };
        }
    }

    private string Named(string language) => Name is null ? "" : language == "en" ? $" ({Name.En})" : $"（{Name.In(language)}）";
}

/// <summary>Dates as people read them, in the three languages.</summary>
public static class DateWords
{
    private const string Weekdays = "日一二三四五六";

    /// <summary>"Thu 24 Dec 2026", "2026年12月24日（星期四）".</summary>
    public static LocalText Of(DateOnly date)
    {
        var chinese = string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日（星期{Weekdays[(int)date.DayOfWeek]}）");
        return new(date.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture), chinese, chinese);
    }
}
