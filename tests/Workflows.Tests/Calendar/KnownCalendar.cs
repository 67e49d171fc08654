using System.Globalization;
using ClientConnect.Testing;
using ClientConnect.Workflows.Calendar;

namespace ClientConnect.Workflows.Tests.Calendar;

/// <summary>The calendar of the repository's own files, and dates in short form.</summary>
internal static class KnownCalendar
{
    public static CalendarReading Reading { get; } = CalendarReader.Read(
        Directory.EnumerateFiles(Path.Combine(Repository.Workflows, "_shared", "calendar"))
            .Select(f => KeyValuePair.Create(Path.GetFileName(f), File.ReadAllText(f))));

    public static BusinessCalendar Known { get; } = new(Reading.Days);

    public static BusinessCalendar With(HalfDayRules rules) => new(Reading.Days with { Rules = rules });

    public static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static IEnumerable<DateOnly> DaysOf(int year) =>
        Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(n => new DateOnly(year, 1, 1).AddDays(n));

    public static int Count(this BusinessCalendar calendar, DayKind kind, int year) => DaysOf(year).Count(d => calendar.Is(kind, d).Value);
}
