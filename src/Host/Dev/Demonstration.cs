using ClientConnect.Host.Composition;
using ClientConnect.Host.Demonstration;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Host.Dev;

/// <summary>The clock and the market of Development: the clock first stands at ten in the morning of a settlement day, and runs on.</summary>
internal sealed class Demonstration(DemonstrationMarket market, MoveClock clock, BusinessClock business, CalendarStore calendars, TimeProvider machine) : IDemonstration
{
    private static readonly TimeOnly Morning = new(10, 0);

    public async Task StartAsync(CancellationToken ct)
    {
        if (!await clock.FollowAsync(ct))
        {
            await clock.StartAsync(HongKong.At(FirstDay(), Morning), ct);
        }
    }

    public Task SeedAsync(CancellationToken ct) => market.SeedAsync(HongKong.DateIn(business.GetUtcNow()), ct);

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
