using ClientConnect.Workflows.Calendar;
using CsCheck;
using static ClientConnect.Workflows.Tests.Calendar.KnownCalendar;

namespace ClientConnect.Workflows.Tests.Calendar;

public class CalendarPropertyTests
{
    private static readonly Gen<DayKind> Kinds = Gen.Enum<DayKind>();
    private static readonly Gen<DateOnly> Days = Gen.Int[0, 299].Select(n => new DateOnly(2026, 2, 1).AddDays(n));
    private static readonly Gen<int> Steps = Gen.Int[1, 15];

    [Fact]
    public void T_plus_n_always_lands_on_a_day_that_counts() =>
        Gen.Select(Days, Steps, Kinds).Sample((day, n, kind) => Known.Is(kind, Known.Plus(day, n, kind).Value).Value);

    [Fact]
    public void N_days_on_and_n_days_back_is_where_one_began() =>
        Gen.Select(Days, Steps, Kinds).Sample((day, n, kind) =>
        {
            var start = Known.OnOrAfter(day, kind).Value;
            return Known.Plus(Known.Plus(start, n, kind).Value, -n, kind).Value == start;
        });

    [Fact]
    public void Steps_add_up() =>
        Gen.Select(Days, Steps, Steps, Kinds).Sample((day, a, b, kind) =>
        {
            // The two ways may leave the calendar's known years at different steps; only what both know is compared.
            var first = Known.Plus(day, a, kind);
            var then = first.IsRefused ? first : Known.Plus(first.Value, b, kind);
            var atOnce = Known.Plus(day, a + b, kind);
            return then.IsRefused || atOnce.IsRefused || then.Value == atOnce.Value;
        });

    [Fact]
    public void Between_undoes_plus() =>
        Gen.Select(Days, Gen.Int[-15, 15], Kinds).Sample((day, n, kind) =>
        {
            var start = Known.OnOrAfter(day, kind).Value;
            return Known.Between(start, Known.Plus(start, n, kind).Value, kind).Value == n;
        });

    [Fact]
    public void A_day_counts_or_has_a_reason_why_not() =>
        Gen.Select(Days, Kinds).Sample((day, kind) => Known.Is(kind, day).Value == (Known.Reasons(kind, day).Count == 0));

    [Fact]
    public void Whatever_is_asked_of_any_date_is_answered_or_refused() =>
        Gen.Select(Gen.Int[0, DateOnly.MaxValue.DayNumber], Gen.Int[-40, 40], Kinds).Sample((number, n, kind) =>
        {
            var day = DateOnly.FromDayNumber(number);
            _ = (Known.Is(kind, day), Known.Plus(day, n, kind), Known.OnOrBefore(day, kind), Known.Reasons(kind, day), Known.IsHMinusOne(day));
        });
}
