using ClientConnect.Workflows.Enrolment;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Tests.Enrolment;

public sealed class CalendarFileTests
{
    private static readonly Activity Briefing = new("EV2026-0001", new LocalText("Briefing; dates, times", "一場關於新交收時間表及其後各項安排的簡介會，歡迎各參與者派員出席並提問"), "BRIEFING", [], false, new(2026, 11, 1), new(2026, 12, 1), new(2026, 12, 2), null, true, false);

    private static readonly Occasion First = new("EV2026-0001-1", Briefing, new(2026, 12, 14), new(10, 0), new(12, 30), "Room 7\\A", 5, OccasionStatus.Open);

    [Fact]
    public void Times_are_in_utc_and_special_letters_are_escaped() => Assert.Equal(
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Client Connect//Enrolment//EN
        METHOD:PUBLISH
        BEGIN:VEVENT
        UID:EV2026-0001-1@client-connect
        DTSTAMP:20261123T020000Z
        DTSTART:20261214T020000Z
        DTEND:20261214T043000Z
        SUMMARY:Briefing\; dates\, times
        LOCATION:Room 7\\A
        DESCRIPTION:https://portal.example/requests/1
        URL:https://portal.example/requests/1
        END:VEVENT
        END:VCALENDAR

        """.ReplaceLineEndings("\r\n"),
        CalendarFile.Of(First, "en", new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8)), "https://portal.example/requests/1"));

    [Fact]
    public void No_line_is_longer_than_75_octets_and_no_letter_is_broken()
    {
        var file = CalendarFile.Of(First, "zh-Hant", default, "https://portal.example/requests/1");

        Assert.All(file.Split("\r\n"), line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Contains(Briefing.Title.ZhHant!, file.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
