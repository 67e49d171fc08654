using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Host.Demonstration;

/// <summary>
/// Makes the positions that are open on a day: the same day gives the same positions, on every host and each time. Pure.
/// </summary>
internal sealed class OpenPositions(MarketFile market)
{
    private static readonly DateOnly FirstDay = new(2026, 1, 1);

    private readonly PositionRule rule = market.Positions;

    /// <summary>A set whose days the calendar does not know is left out.</summary>
    public IReadOnlyList<EntryImport> On(DateOnly today, BusinessCalendar calendar) =>
    [
        .. from set in rule.Sets
           let days = DaysOf(set.Value, today, calendar)
           where !days.IsRefused
           let securities = Securities(set.Value.Market)
           from holder in rule.Holders
           from number in Enumerable.Range(1, holder.Sets.GetValueOrDefault(set.Key))
           select Position(set.Value, days.Value, securities[Scatter(holder.Letter, number) % securities.Count], holder, number),
    ];

    private static Result<SetDays> DaysOf(PositionSet set, DateOnly today, BusinessCalendar calendar)
    {
        var day = calendar.OnOrBefore(today, set.Days);
        if (day.IsRefused) return day.Refusal;
        var due = calendar.Plus(day.Value, set.Due, set.Days);
        if (due.IsRefused) return due.Refusal;
        return calendar.Plus(due.Value, set.Trade, set.Days).Then(trade => new SetDays(day.Value, due.Value, trade));
    }

    private EntryImport Position(PositionSet set, SetDays days, MarketEntry security, PositionHolder holder, int number)
    {
        var key = $"P{holder.Letter}{Base36(days.Day.DayNumber - FirstDay.DayNumber)}{set.Letter}{number:000}";
        var lots = 1 + (Scatter(holder.Letter, number * 31) % 200);
        var values = new JsonObject();
        foreach (var (name, source) in rule.Values)
        {
            values[name] = source switch
            {
                "@key" => key,
                "@security" => security.Key,
                "@market" => set.Market,
                "@tradeDay" => Iso(days.Trade),
                "@dueDay" => Iso(days.Due),
                "@quantity" => lots * security.Values[rule.Securities.LotIn]!.GetValue<long>(),
                _ => throw new InvalidDataException($"market.json: {name} asks for {source}, which positions don't have."),
            };
        }

        return new EntryImport(rule.Kind, key, new MembershipId(holder.Membership), FirmOf(holder), values);
    }

    private FirmId FirmOf(PositionHolder holder) =>
        ImportFirms.IdOf(market.Firms.Single(f => f.Memberships.Any(m => m.Id == holder.Membership)).CompanyId);

    private List<MarketEntry> Securities(string marketName) =>
    [
        .. market.Entries.Where(e => e.Kind == rule.Securities.Kind
            && e.Values[rule.Securities.MarketIn]!.GetValue<string>() == marketName
            && rule.Securities.Where.All(w => JsonNode.DeepEquals(e.Values[w.Key], w.Value))),
    ];

    // Looks random, and is the same each time.
    private static int Scatter(char letter, int number) => (int)((uint)((letter * 7919) + (number * 104_729)) % 9973);

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Base36(int number)
    {
        const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        var n = Math.Abs(number) % (36 * 36 * 36);
        return $"{Digits[n / 1296]}{Digits[n / 36 % 36]}{Digits[n % 36]}";
    }

    /// <param name="Day">The day of the set: today, or the last day of its kind before.</param>
    private readonly record struct SetDays(DateOnly Day, DateOnly Due, DateOnly Trade);
}
