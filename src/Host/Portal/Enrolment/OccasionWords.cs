using System.Globalization;
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
            : count.Free > 0 ? "open"
            : occasion.Activity.HasWaitingList ? "waiting"
            : "full";
    }

    /// <summary>The tag's colour; the words say the same.</summary>
    public static string Tone(OccasionCount count, DateTimeOffset now) => Status(count, now) switch { "open" => "good", "waiting" or "full" => "warn", "cancelled" => "bad", _ => "plain" };

    /// <summary>"09:00–13:00 HKT".</summary>
    public static string Times(Occasion occasion) => string.Create(CultureInfo.InvariantCulture, $"{occasion.Starts:HH:mm}–{occasion.Ends:HH:mm} HKT");
}
