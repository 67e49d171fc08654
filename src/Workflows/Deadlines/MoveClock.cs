using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using Npgsql;

namespace ClientConnect.Workflows.Deadlines;

/// <summary>The business clock goes forward only.</summary>
/// <param name="Now">What it shows now.</param>
public sealed record ClockGoesForwardOnly(DateTimeOffset Now) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyDictionary<string, string> Arguments =>
        new Dictionary<string, string> { ["now"] = Now.ToHongKong().ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) };
}

/// <summary>
/// Moves the business clock of a demonstration, stopping at every due moment on the way, in order, and doing what is due there.
/// The offset stands in the database, so that all hosts and the next start have it. Never registered in Production.
/// </summary>
public sealed class MoveClock(NpgsqlDataSource source, SweepDeadlines sweep, EndDueEntries entries, BusinessClock clock, TimeProvider machine)
{
    public async Task<Result<DateTimeOffset>> HandleAsync(DateTimeOffset target, CancellationToken ct)
    {
        if (target < clock.GetUtcNow()) return new ClockGoesForwardOnly(clock.GetUtcNow());
        await sweep.RunAsync(ct);
        while (await NextDueAsync(target, ct) is { } moment)
        {
            await SetAsync(moment, ct);
            await SweepAsync(moment, ct);
        }

        await SetAsync(target, ct);
        await SweepAsync(target, ct);
        return clock.GetUtcNow();
    }

    // A heartbeat's sweep may hold what is due here: the clock stands until that has committed, or moments would be passed over.
    private async Task SweepAsync(DateTimeOffset moment, CancellationToken ct)
    {
        await entries.OnceADayAsync(ct);
        await sweep.RunAsync(ct);
        for (var again = 0; again < 3 && await NextDueAsync(moment, ct) is not null; again++)
        {
            await WaitForOthersAsync(moment, ct);
            await sweep.RunAsync(ct);
        }

        if (await NextDueAsync(moment, ct) is not null) throw new InvalidOperationException($"What is due at {moment.ToHongKong():yyyy-MM-dd HH:mm} can't be done; the clock stays there.");
    }

    private async Task WaitForOthersAsync(DateTimeOffset moment, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            SELECT id FROM requests.service_request WHERE id IN (SELECT request_id FROM deadlines.deadline WHERE state = 'Armed' AND due_at <= $1)
            ORDER BY id FOR UPDATE
            """);
        command.Parameters.Add(new() { Value = moment.ToUniversalTime() });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Sets the clock where the database has none yet; returns false where it has one, and then takes that.</summary>
    public async Task<bool> StartAsync(DateTimeOffset first, CancellationToken ct)
    {
        if (await FollowAsync(ct)) return false;
        await SetAsync(first, ct);
        return true;
    }

    /// <summary>Takes the offset that stands in the database (another host may have moved it); false where there is none.</summary>
    public async Task<bool> FollowAsync(CancellationToken ct)
    {
        var asked = clock.Offset;
        await using var command = source.CreateCommand("SELECT ahead_ticks FROM deadlines.business_clock");
        if (await command.ExecuteScalarAsync(ct) is not long ticks) return false;
        clock.Follow(asked, TimeSpan.FromTicks(ticks));
        return true;
    }

    private async Task SetAsync(DateTimeOffset moment, CancellationToken ct)
    {
        var offset = moment - machine.GetUtcNow();
        if (moment < clock.GetUtcNow() && await FollowAsync(ct)) return;
        await using var command = source.CreateCommand(
            """
            INSERT INTO deadlines.business_clock (id, ahead_ticks) VALUES (1, $1)
            ON CONFLICT (id) DO UPDATE SET ahead_ticks = excluded.ahead_ticks
            """);
        command.Parameters.Add(new() { Value = offset.Ticks });
        await command.ExecuteNonQueryAsync(ct);
        clock.Offset = offset;
    }

    private async Task<DateTimeOffset?> NextDueAsync(DateTimeOffset target, CancellationToken ct)
    {
        await using var command = source.CreateCommand("SELECT min(due_at) FROM deadlines.deadline WHERE state = 'Armed' AND due_at <= $1");
        command.Parameters.Add(new() { Value = target.ToUniversalTime() });
        return await command.ExecuteScalarAsync(ct) is DateTime moment ? new DateTimeOffset(moment, TimeSpan.Zero) : null;
    }
}

/// <summary>How far the demonstration's business clock is ahead of the machine's; at most one row.</summary>
internal sealed class BusinessClockRow
{
    public required int Id { get; init; }

    public required long AheadTicks { get; init; }
}

internal sealed class BusinessClockRowMap : Microsoft.EntityFrameworkCore.IEntityTypeConfiguration<BusinessClockRow>
{
    public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<BusinessClockRow> builder)
    {
        Microsoft.EntityFrameworkCore.RelationalEntityTypeBuilderExtensions.ToTable(builder, "business_clock", "deadlines");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
    }
}
