namespace ClientConnect.Workflows.Kernel;

/// <summary>
/// The clock of the market: drives deadlines, lateness, and the times of events and screens. The machine's clock (a plain
/// <see cref="TimeProvider"/>) drives sessions, one-time passwords, leases and retries instead, and nobody moves it.
/// In Production the offset follows the database's clock; in Development it is moved by hand and stored in the database.
/// </summary>
public sealed class BusinessClock(TimeProvider machine) : TimeProvider
{
    private long offsetTicks;

    /// <summary>How far the business clock is ahead of the machine's.</summary>
    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));
        set => Interlocked.Exchange(ref offsetTicks, value.Ticks);
    }

    /// <summary>
    /// Takes an offset that was asked for elsewhere, unless the clock was moved while the answer was under way: the answer may be
    /// older than the move.
    /// </summary>
    /// <param name="asked">The offset when the question was asked.</param>
    public void Follow(TimeSpan asked, TimeSpan answer) => Interlocked.CompareExchange(ref offsetTicks, answer.Ticks, asked.Ticks);

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Offset;

    public override TimeZoneInfo LocalTimeZone => HongKong.Zone;
}

/// <summary>The one time zone of the portal: UTC+8, no daylight saving.</summary>
public static class HongKong
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Hong_Kong");

    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The wall clock in Hong Kong at that instant.</summary>
    public static DateTimeOffset ToHongKong(this DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>The date in Hong Kong at that instant: 17:00 UTC is already the next day.</summary>
    public static DateOnly DateIn(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    public static DateTimeOffset At(DateOnly date, TimeOnly time) => new(date.ToDateTime(time), Offset);
}
