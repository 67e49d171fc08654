using ClientConnect.Workflows.Calendar;

namespace ClientConnect.Workflows.Tests.Calendar;

public class CalendarReaderTests
{
    private const string Good = """{ "market": "mainland", "year": 2026, "source": "x", "verified": true, "closures": [ { "date": "2026-01-01", "to": "2026-01-03", "name": "New Year" } ] }""";

    [Fact]
    public void The_repositorys_calendar_files_have_no_fault()
    {
        Assert.Empty(KnownCalendar.Reading.Faults);
        Assert.Equal(3, KnownCalendar.Reading.Days.Years.Count);
    }

    [Theory]
    [InlineData("not json", "invalid JSON")]
    [InlineData("", "")]
    [InlineData("null", "empty")]
    [InlineData("[]", "")]
    [InlineData("""{ "market": "moon", "year": 2026, "source": "x", "verified": true, "closures": [] }""", "market")]
    [InlineData("""{ "market": "mainland", "year": 2026, "verified": true, "closures": [] }""", "source")]
    [InlineData("""{ "market": "mainland", "year": 2026, "source": "x", "verified": true, "closures": [], "halfdays": [] }""", "halfdays")]
    [InlineData("""{ "market": "mainland", "year": 2026, "source": "x", "verified": true, "closures": [ { "date": "2026-03-01", "name": { "en": 5 } } ] }""", "closures")]
    [InlineData("""{ "market": "mainland", "year": 2026, "source": "x", "verified": true, "closures": [ { "date": "2026-13-01", "name": "x" } ] }""", "date")]
    [InlineData("""{ "market": "mainland", "year": 2026, "source": "x", "verified": true, "closures": [ { "date": "2027-01-01", "name": "x" } ] }""", "leaves the year")]
    [InlineData("""{ "market": "mainland", "year": 2026, "source": "x", "verified": true, "closures": [ { "date": "2026-01-04", "to": "2026-01-01", "name": "x" } ] }""", "before it begins")]
    [InlineData("""{ "market": "mainland", "year": 2026, "source": "x", "verified": true, "closures": [ { "date": "2026-01-04", "name": "x" } ], "halfDays": [ { "date": "2026-01-04", "name": "x" } ] }""", "both")]
    public void A_faulty_file_is_named_and_its_year_stays_unknown(string text, string words)
    {
        var reading = CalendarReader.Read([KeyValuePair.Create("a.json", text)]);

        Assert.Equal("a.json", reading.Faults[0].File);
        Assert.Contains(words, reading.Faults[0].Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(reading.Days.Years);
    }

    [Fact]
    public void The_same_year_twice_is_a_fault()
    {
        var reading = CalendarReader.Read([KeyValuePair.Create("a.json", Good), KeyValuePair.Create("b.json", Good)]);

        Assert.Equal("b.json", Assert.Single(reading.Faults).File);
    }
}
