using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Register;
using Xunit;

namespace ClientConnect.Workflows.Tests.Register;

public sealed class CalendarStoreTests : IAsyncLifetime
{
    private static readonly DateOnly ChristmasEve = new(2026, 12, 24);

    private readonly TestDatabase database = new();
    private CalendarStore calendars = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        calendars = new CalendarStore(database.Contexts);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => calendars.SeedAsync(Files(), CancellationToken.None)));
        await calendars.RefreshAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public void The_rows_answer_as_the_files_do()
    {
        var files = new BusinessCalendar(CalendarReader.Read(Files()).Days);

        for (var day = new DateOnly(2026, 1, 1); day.Year < 2028; day = day.AddDays(1))
        {
            foreach (var kind in Enum.GetValues<DayKind>())
            {
                Assert.Equal(files.Is(kind, day).Match(yes => $"{yes}", no => no.Code), calendars.Current.Is(kind, day).Match(yes => $"{yes}", no => no.Code));
                Assert.Equal(files.IsVerified(kind, day), calendars.Current.IsVerified(kind, day));
            }
        }
    }

    [Fact]
    public async Task A_change_in_the_database_is_taken_over_at_the_next_look_and_nothing_is_read_without_one()
    {
        var before = calendars.Current;
        Assert.False(await calendars.RefreshAsync(CancellationToken.None));
        Assert.Same(before, calendars.Current);

        await database.OwnerRunsAsync("DELETE FROM register.calendar_day WHERE date = $1", ChristmasEve);

        Assert.True(await calendars.RefreshAsync(CancellationToken.None));
        Assert.False(before.Is(DayKind.Settlement, ChristmasEve).Value);
        Assert.True(calendars.Current.Is(DayKind.Settlement, ChristmasEve).Value);
    }

    [Fact]
    public async Task What_people_changed_a_new_start_does_not_undo()
    {
        await database.OwnerRunsAsync("DELETE FROM register.calendar_day WHERE date = $1", ChristmasEve);

        await calendars.SeedAsync(Files(), CancellationToken.None);

        Assert.Equal(0, await database.ValueAsync<long>("SELECT count(*) FROM register.calendar_day WHERE date = $1", ChristmasEve));
    }

    private static IEnumerable<KeyValuePair<string, string>> Files() =>
        Directory.EnumerateFiles(Path.Combine(ClientConnect.Testing.Repository.Workflows, "_shared", "calendar")).Select(f => KeyValuePair.Create(Path.GetFileName(f), File.ReadAllText(f)));
}
