using System.Text.Json;
using System.Text.Json.Serialization;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Calendar;

/// <summary>What came of reading calendar files: the days, and all that is wrong, by file.</summary>
public sealed record CalendarReading(CalendarDays Days, IReadOnlyList<CalendarFault> Faults);

/// <summary>What is wrong with one calendar file, in words.</summary>
public sealed record CalendarFault(string File, string Message);

/// <summary>
/// Reads calendar files: one per market and year (<c>hong-kong-2026.json</c>), and <c>half-days.json</c> with the rules.
/// Pure: takes texts, gives days; a faulty file is reported and left out, so that its year is not known.
/// </summary>
public static class CalendarReader
{
    private const string RulesFile = "half-days.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <param name="files">Name and text of each file.</param>
    public static CalendarReading Read(IEnumerable<KeyValuePair<string, string>> files)
    {
        var years = new List<MarketYear>();
        var faults = new List<CalendarFault>();
        var rules = HalfDayRules.AsPublished;
        foreach (var (file, text) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            try
            {
                if (file == RulesFile)
                {
                    rules = Parse<RulesInFile>(text).Rules;
                    continue;
                }

                var year = Parse<YearInFile>(text).Year();
                var wrong = WhatIsWrong(year, years).ToList();
                faults.AddRange(wrong.Select(w => new CalendarFault(file, w)));
                if (wrong.Count == 0)
                {
                    years.Add(year);
                }
            }
            catch (JsonException e)
            {
                faults.Add(new CalendarFault(file, e.Message));
            }
        }

        return new CalendarReading(new CalendarDays(years, rules), faults);
    }

    private static IEnumerable<string> WhatIsWrong(MarketYear year, List<MarketYear> others)
    {
        if (others.Any(o => o.Market == year.Market && o.Year == year.Year))
        {
            yield return $"{year.Market} {year.Year} is there already: one file per market and year.";
        }

        foreach (var span in year.Closures.Concat(year.HalfDays))
        {
            if (span.To < span.Date)
            {
                yield return $"{span.Name.En}: ends on {span.To:yyyy-MM-dd}, before it begins on {span.Date:yyyy-MM-dd}.";
            }
            else if (span.Date.Year != year.Year || span.To.Year != year.Year)
            {
                yield return $"{span.Name.En}: {span.Date:yyyy-MM-dd} to {span.To:yyyy-MM-dd} leaves the year {year.Year}.";
            }
        }

        foreach (var half in year.HalfDays.Where(h => year.Closures.Any(c => c.Date <= h.Date && h.Date <= c.To)))
        {
            yield return $"{half.Name.En}: {half.Date:yyyy-MM-dd} is both a half-day and closed.";
        }
    }

    private static T Parse<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("The file is empty.");

    private sealed record YearInFile(Market Market, [property: JsonPropertyName("year")] int Number, string Source, bool Verified, List<DaysInFile> Closures, List<DaysInFile>? HalfDays = null)
    {
        public MarketYear Year() => new(Market, Number, Source, Verified, [.. Closures.Select(d => d.Days())], [.. (HalfDays ?? []).Select(d => d.Days())]);
    }

    private sealed record DaysInFile(DateOnly Date, LocalText Name, DateOnly? To = null)
    {
        public NamedDays Days() => new(Date, To ?? Date, Name);
    }

    private sealed record RulesInFile(SourcedRule Settle, SourcedRule SettleChinaConnect)
    {
        [JsonIgnore]
        public HalfDayRules Rules => new(Settle.Value, SettleChinaConnect.Value);
    }

    private sealed record SourcedRule(bool Value, string Source, bool Verified);
}
