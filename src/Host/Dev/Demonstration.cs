using System.Globalization;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Demonstration;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Host.Dev;

/// <summary>
/// The clock and the market of Development: the clock first stands at ten in the morning of a settlement day, and runs on.
/// <c>Demonstration__Now</c> (2026-11-23 10:00, Hong Kong time) sets where it first stands; a database that has a clock keeps it.
/// </summary>
internal sealed class Demonstration(DemonstrationMarket market, MoveClock clock, BusinessClock business, CalendarStore calendars, TimeProvider machine, IConfiguration settings) : IDemonstration
{
    private static readonly TimeOnly Morning = new(10, 0);

    public async Task StartAsync(CancellationToken ct)
    {
        if (!await clock.FollowAsync(ct))
        {
            await clock.StartAsync(Wished() ?? HongKong.At(FirstDay(), Morning), ct);
        }
    }

    public Task SeedAsync(CancellationToken ct) => market.SeedAsync(HongKong.DateIn(business.GetUtcNow()), ct);

    private DateTimeOffset? Wished() =>
        settings["Demonstration:Now"] is not { Length: > 0 } wish ? null
        : DateTime.TryParse(wish, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? HongKong.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))
        : throw new InvalidOperationException($"Demonstration__Now is no moment like 2026-11-23 10:00: {wish}");

    // Today or the next settlement day that the calendar knows; long after its last year, the beginning of what it knows.
    private DateOnly FirstDay()
    {
        var today = HongKong.DateIn(machine.GetUtcNow());
        var day = calendars.Current.OnOrAfter(today, DayKind.Settlement);
        for (var year = today.Year; day.IsRefused && year > 2000; year--)
        {
            day = calendars.Current.OnOrAfter(new DateOnly(year, 1, 2), DayKind.Settlement);
        }

        return day.IsRefused ? today : day.Value;
    }
}
