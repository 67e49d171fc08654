using System.Globalization;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Enrolment;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Enrolment;

/// <summary>How an occasion stands, as the pages say it.</summary>
internal static class OccasionWords
{
    /// <summary>Text key below <c>activities.status-</c>.</summary>
    public static string Status(OccasionCount count, DateTimeOffset now)
    {
        var (occasion, today) = (count.Occasion, HongKong.DateIn(now));
        return occasion.Status == OccasionStatus.Cancelled ? "cancelled"
            : now >= occasion.IsOver ? "over"
            : today < occasion.Activity.Opens ? "announced"
            : today > occasion.Activity.Closes ? "closed"
            : count.Free > 0 || occasion.AsksOnly ? "open"
            : occasion.Activity.HasWaitingList ? "waiting"
            : "full";
    }

    /// <summary>The tag's colour; the words say the same.</summary>
    public static string Tone(OccasionCount count, DateTimeOffset now) => Status(count, now) switch { "open" => "good", "waiting" or "full" => "warn", "cancelled" => "bad", _ => "plain" };

    /// <summary>"Thu 12 Nov 2026, 09:00–13:00 HKT"; the day alone where nobody comes.</summary>
    public static string When(Occasion occasion, string language) => HongKongWords.Date(occasion.Date, language) + (occasion.AsksOnly ? "" : ", " + Times(occasion));

    /// <summary>"12 of 40"; where nobody comes, how many have answered.</summary>
    public static string Taken(OccasionCount count, string language) => count.Occasion.AsksOnly
        ? Words.Of("activities.answered", language, ("n", PortalCalls.Number(count.Enrolled)))
        : Words.Of("activities.of", language, ("taken", PortalCalls.Number(count.Taken)), ("all", PortalCalls.Number(count.Occasion.Capacity)));

    /// <summary>"09:00–13:00 HKT".</summary>
    public static string Times(Occasion occasion) => string.Create(CultureInfo.InvariantCulture, $"{occasion.Starts:HH:mm}–{occasion.Ends:HH:mm} HKT");
}
