using ClientConnect.Workflows.Notices;

namespace ClientConnect.Workflows.Tests.Notices;

public sealed class RetryScheduleTests
{
    private static readonly DateTimeOffset First = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_full_mailbox_is_tried_for_more_than_a_day_at_growing_intervals()
    {
        var tries = Tries(isServers: false);

        Assert.InRange(tries[^1] - First, TimeSpan.FromHours(24), TimeSpan.FromHours(32));
        Assert.Equal(TimeSpan.FromMinutes(1), tries[1] - tries[0]);
        Assert.Equal(TimeSpan.FromHours(1), tries[^1] - tries[^2]);
        Assert.InRange(tries.Count, 20, 60);
    }

    [Fact]
    public void A_server_that_is_back_is_noticed_within_about_a_minute()
    {
        var tries = Tries(isServers: true);

        Assert.All(tries.Zip(tries.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)));
        Assert.True(tries[^1] - First > TimeSpan.FromDays(4));
    }

    [Fact]
    public void Chance_moves_a_try_by_a_fifth_at_most()
    {
        var now = First + TimeSpan.FromHours(2);

        Assert.Equal(now + TimeSpan.FromMinutes(48), RetrySchedule.Next(First, now, isServers: false, chance: 0));
        Assert.Equal(now + TimeSpan.FromMinutes(72), RetrySchedule.Next(First, now, isServers: false, chance: 1));
    }

    private static List<DateTimeOffset> Tries(bool isServers)
    {
        var tries = new List<DateTimeOffset> { First };
        while (RetrySchedule.Next(First, tries[^1], isServers, chance: 0.5) is { } next)
        {
            tries.Add(next);
        }

        return tries;
    }
}
