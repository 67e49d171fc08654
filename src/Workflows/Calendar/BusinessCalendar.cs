using System.Collections.Frozen;
using System.Text.Json;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Calendar;

/// <summary>
/// Which days count, and what T+n is. Immutable and pure; made anew when the reference data changes. Whatever touches a
/// year without data is refused with <see cref="CalendarNotKnown"/>: no weekday rule stands in for a missing list.
/// </summary>
public sealed class BusinessCalendar
{
    private readonly FrozenDictionary<(Market Market, int Year), MarketYear> years;
    private readonly FrozenDictionary<(Market Market, DateOnly Date), LocalText> closures;
    private readonly FrozenDictionary<DateOnly, LocalText> halfDays;
    private readonly HalfDayRules rules;

    public BusinessCalendar(CalendarDays days)
    {
        rules = days.Rules;
        years = days.Years.ToFrozenDictionary(y => (y.Market, y.Year));
        closures = days.Years.SelectMany(y => Each(y.Closures, (date, name) => (Key: (y.Market, date), name)))
            .DistinctBy(c => c.Key).ToFrozenDictionary(c => c.Key, c => c.name);
        halfDays = days.Years.Where(y => y.Market == Market.HongKong).SelectMany(y => Each(y.HalfDays, (date, name) => (date, name)))
            .DistinctBy(d => d.date).ToFrozenDictionary(d => d.date, d => d.name);
        Version = CanonicalJson.Hash(JsonSerializer.SerializeToNode(days));
    }

    /// <summary>The hash of the data: equal data, equal answers. Plans and decisions record it.</summary>
    public string Version { get; }

    /// <summary>
    /// Whether <paramref name="date"/> counts as a day of that kind.
    /// </summary>
    /// <example>Thu 24 Dec 2026 is a half-day: business, trading and northbound, but not settlement.</example>
    /// <example>Fri 25 Sep 2026: settlement in Hong Kong; the mainland is closed, so it is not northbound.</example>
    /// <example>Sat 2 Jan 2027: the mainland's 2027 list is not known, so northbound is refused, not answered "no".</example>
    public Result<bool> Is(DayKind kind, DateOnly date) => NotKnown(kind, date) is { } refusal ? refusal : Counts(kind, date);

    /// <summary>
    /// The <paramref name="n"/>-th day of that kind after <paramref name="date"/>, or before it where n is negative.
    /// Zero gives the date itself, whatever day it is: <see cref="OnOrAfter"/> moves it.
    /// </summary>
    /// <example>T+2 over settlement days: a trade of Mon 21 Dec 2026 is due on Wed 23 Dec, one of Tue 22 Dec on Mon 28 Dec, since the half-day of the 24th doesn't settle.</example>
    /// <example>T+1 of a Saturday is Monday; T-1 of a Monday is Friday.</example>
    /// <example>T+2 of Thu 30 Dec 2027 runs into 2028: <see cref="CalendarNotKnown"/>.</example>
    public Result<DateOnly> Plus(DateOnly date, int n, DayKind kind)
    {
        for (var left = Math.Abs((long)n); left > 0;)
        {
            if (date == DateOnly.MinValue || date == DateOnly.MaxValue)
            {
                return new CalendarNotKnown(Market.HongKong, date);
            }

            date = date.AddDays(Math.Sign(n));
            if (NotKnown(kind, date) is { } refusal)
            {
                return refusal;
            }

            left -= Counts(kind, date) ? 1 : 0;
        }

        return date;
    }

    /// <summary>The first such day strictly after <paramref name="date"/>: T+1.</summary>
    public Result<DateOnly> Next(DateOnly date, DayKind kind) => Plus(date, 1, kind);

    /// <summary>The date itself where it counts, else the first such day after it.</summary>
    /// <example>Settlement day on or after Thu 24 Dec 2026: Mon 28 Dec.</example>
    public Result<DateOnly> OnOrAfter(DateOnly date, DayKind kind) => Itself(date, kind) ?? Plus(date, 1, kind);

    /// <summary>The date itself where it counts, else the last such day before it.</summary>
    /// <example>Settlement day on or before Sun 27 Dec 2026: Wed 23 Dec.</example>
    public Result<DateOnly> OnOrBefore(DateOnly date, DayKind kind) => Itself(date, kind) ?? Plus(date, -1, kind);

    /// <summary>
    /// The n of T+n: how many such days lie after <paramref name="from"/>, up to and including <paramref name="to"/>;
    /// negative where <paramref name="to"/> is earlier.
    /// </summary>
    /// <example>From Tue 22 Dec to Mon 28 Dec 2026: 2 settlement days. From any day to itself: 0.</example>
    public Result<int> Between(DateOnly from, DateOnly to, DayKind kind)
    {
        if (to < from)
        {
            return Between(to, from, kind).Then(n => -n);
        }

        var n = 0;
        for (var date = from; date < to;)
        {
            date = date.AddDays(1);
            if (NotKnown(kind, date) is { } refusal)
            {
                return refusal;
            }

            n += Counts(kind, date) ? 1 : 0;
        }

        return n;
    }

    /// <summary>Whether Hong Kong has a morning session only.</summary>
    public Result<bool> IsHalfDay(DateOnly date) => NotKnown(DayKind.Trading, date) is { } refusal ? refusal : halfDays.ContainsKey(date);

    /// <summary>
    /// Whether it is the settlement day just before a day that is a holiday in Hong Kong but not on the mainland (China
    /// Connect's H-1).
    /// </summary>
    /// <example>Wed 23 Dec 2026: the 24th doesn't settle, on the 25th only Hong Kong is closed.</example>
    public Result<bool> IsHMinusOne(DateOnly date)
    {
        var settles = Is(DayKind.Settlement, date);
        if (settles.IsRefused || !settles.Value)
        {
            return settles;
        }

        for (var day = date.AddDays(1); ; day = day.AddDays(1))
        {
            if ((NotKnown(DayKind.Settlement, day) ?? NotKnown(DayKind.Northbound, day)) is { } refusal)
            {
                return refusal;
            }

            if (Counts(DayKind.Settlement, day))
            {
                return false;
            }

            if (!Counts(DayKind.Trading, day) && Counts(DayKind.Mainland, day))
            {
                return true;
            }
        }
    }

    /// <summary>
    /// The day on which the money of a China Connect trade settles: T+1 on Hong Kong's days, half-days counted or not as
    /// <see cref="HalfDayRules.SettleChinaConnect"/> says (the stock itself settles on T).
    /// </summary>
    /// <example>Trade of Wed 23 Dec 2026: Thu 24 Dec where half-days settle, else Mon 28 Dec.</example>
    /// <example>Trade of Thu 2 Apr 2026: Wed 8 Apr, after Good Friday, Ching Ming and Easter.</example>
    public Result<DateOnly> ChinaConnectMoneyDay(DateOnly trade) =>
        Plus(trade, 1, rules.SettleChinaConnect ? DayKind.Trading : DayKind.Settlement);

    /// <summary>
    /// Why a day does not count, for the screens; empty where it does, and where it is not known.
    /// </summary>
    /// <example>Settlement, Thu 24 Dec 2026: "Thu 24 Dec 2026 is a half-day (Christmas Eve)".</example>
    public IReadOnlyList<DayReason> Reasons(DayKind kind, DateOnly date) =>
        NotKnown(kind, date) is null && !Counts(kind, date) ? [.. WhyNot(kind, date)] : [];

    /// <summary>
    /// Why the days strictly between two dates were passed over: holidays and half-days; weekends go without saying.
    /// </summary>
    public IReadOnlyList<DayReason> Skipped(DateOnly from, DateOnly to, DayKind kind)
    {
        var reasons = new List<DayReason>();
        for (var day = from; day.AddDays(1) < to;)
        {
            day = day.AddDays(1);
            reasons.AddRange(Reasons(kind, day).Where(r => r.Why != WhyClosed.Weekend));
        }

        return reasons;
    }

    /// <summary>Whether the lists that an answer about this day rests on were compared with their publication; false where not known.</summary>
    public bool IsVerified(DayKind kind, DateOnly date) =>
        MarketsOf(kind).All(m => years.TryGetValue((m, date.Year), out var year) && year.Verified);

    private Result<DateOnly>? Itself(DateOnly date, DayKind kind) =>
        NotKnown(kind, date) is { } refusal ? refusal : Counts(kind, date) ? date : null;

    private CalendarNotKnown? NotKnown(DayKind kind, DateOnly date)
    {
        foreach (var market in MarketsOf(kind))
        {
            if (!years.ContainsKey((market, date.Year)))
            {
                return new CalendarNotKnown(market, date);
            }
        }

        return null;
    }

    private bool Counts(DayKind kind, DateOnly date) => kind switch
    {
        DayKind.Calendar => true,
        DayKind.Business or DayKind.Trading => IsOpen(Market.HongKong, date),
        DayKind.Settlement => IsOpen(Market.HongKong, date) && (rules.Settle || !halfDays.ContainsKey(date)),
        DayKind.Mainland => IsOpen(Market.Mainland, date),
        DayKind.Northbound => IsOpen(Market.HongKong, date) && IsOpen(Market.Mainland, date),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of day."),
    };

    private IEnumerable<DayReason> WhyNot(DayKind kind, DateOnly date)
    {
        if (IsWeekend(date))
        {
            yield return new DayReason(date, WhyClosed.Weekend, null);
            yield break;
        }

        foreach (var market in MarketsOf(kind))
        {
            if (closures.TryGetValue((market, date), out var name))
            {
                yield return new DayReason(date, market == Market.HongKong ? WhyClosed.Holiday : WhyClosed.MainlandClosed, name);
            }
        }

        if (kind == DayKind.Settlement && halfDays.TryGetValue(date, out var eve))
        {
            yield return new DayReason(date, WhyClosed.HalfDay, eve);
        }
    }

    private bool IsOpen(Market market, DateOnly date) => !IsWeekend(date) && !closures.ContainsKey((market, date));

    private static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static Market[] MarketsOf(DayKind kind) => kind switch
    {
        DayKind.Calendar => [],
        DayKind.Mainland => [Market.Mainland],
        DayKind.Northbound => [Market.HongKong, Market.Mainland],
        _ => [Market.HongKong],
    };

    private static IEnumerable<T> Each<T>(IEnumerable<NamedDays> spans, Func<DateOnly, LocalText, T> one) =>
        from span in spans
        from offset in Enumerable.Range(0, Math.Max(0, span.To.DayNumber - span.Date.DayNumber + 1))
        select one(span.Date.AddDays(offset), span.Name);
}
