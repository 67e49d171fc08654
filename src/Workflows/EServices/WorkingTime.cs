using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>Time in which people can be expected to work: between nine and six, on days that count.</summary>
internal static class WorkingTime
{
    private static readonly TimeOnly Begins = new(9, 0), Ends = new(18, 0);

    /// <summary>
    /// The moment from which <paramref name="needed"/> of working time is left until <paramref name="end"/>; the end itself where
    /// nothing is needed, and plain hours earlier where the calendar is not known so far back.
    /// </summary>
    /// <example>An hour before Mon 28 Dec 2026, 18:30: 17:00 of that day. An hour before its 09:30: Wed 23 Dec, 17:30, since Christmas Eve is a half-day.</example>
    public static DateTimeOffset Before(DateTimeOffset end, TimeSpan needed, DayKind kind, BusinessCalendar calendar)
    {
        if (needed <= TimeSpan.Zero) return end;
        var left = needed;
        for (var day = HongKong.DateIn(end); ;)
        {
            var counts = calendar.Is(kind, day);
            if (counts.IsRefused) return end - needed;
            var (from, to) = (HongKong.At(day, Begins), Earlier(end, HongKong.At(day, Ends)));
            if (counts.Value && to > from)
            {
                if (to - from >= left) return to - left;
                left -= to - from;
            }

            if (calendar.Plus(day, -1, kind) is not { IsRefused: false } before) return end - needed;
            day = before.Value;
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
