using System.Globalization;
using System.Text;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>An occasion as a file that calendars take in (RFC 5545): one entry, in UTC, so that no time zone has to be described.</summary>
public static class CalendarFile
{
    /// <summary>The media type.</summary>
    public const string Type = "text/calendar; charset=utf-8";

    private const int LongestLine = 75;

    /// <param name="now">When the file is made; a later one replaces an earlier one in the calendar.</param>
    /// <param name="url">Where the request is read.</param>
    public static string Of(Occasion occasion, string language, DateTimeOffset now, string url)
    {
        var file = new StringBuilder();
        Line(file, "BEGIN:VCALENDAR");
        Line(file, "VERSION:2.0");
        Line(file, "PRODID:-//Client Connect//Enrolment//EN");
        Line(file, "METHOD:PUBLISH");
        Line(file, "BEGIN:VEVENT");
        Line(file, $"UID:{occasion.Key}@client-connect");
        Line(file, $"DTSTAMP:{Moment(now)}");
        Line(file, $"DTSTART:{Moment(occasion.Begins)}");
        Line(file, $"DTEND:{Moment(occasion.IsOver)}");
        Line(file, $"SUMMARY:{Text(occasion.Activity.Title.In(language))}");
        if (occasion.Venue.Length > 0) Line(file, $"LOCATION:{Text(occasion.Venue)}");
        Line(file, $"DESCRIPTION:{Text(occasion.Link is { } link ? $"{link}\n{url}" : url)}");
        Line(file, $"URL:{url}");
        if (occasion.Status == OccasionStatus.Cancelled) Line(file, "STATUS:CANCELLED");
        Line(file, "END:VEVENT");
        Line(file, "END:VCALENDAR");
        return file.ToString();
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Text(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal).Replace("\r", string.Empty, StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    // A line is at most 75 octets; what is longer goes on in the next, after a space, and never in the middle of a letter.
    private static void Line(StringBuilder file, string line)
    {
        var (octets, most) = (0, LongestLine);
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > most)
            {
                file.Append("\r\n ");
                (octets, most) = (0, LongestLine - 1);
            }

            file.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        file.Append("\r\n");
    }
}
