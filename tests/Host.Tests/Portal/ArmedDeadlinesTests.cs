using System.Globalization;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.Kernel;
using HongKongWords = ClientConnect.Host.Portal.Kit.HongKongWords;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>A deadline that is counted from the day on which it was armed is read as it was armed, on every later day, and once it has passed.</summary>
public sealed class ArmedDeadlinesTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task A_correction_is_due_when_it_was_armed_whenever_its_pages_are_opened()
    {
        var (maker, checker, reviewer) = (await market.As(Cast.Maker), await market.As(Cast.Checker), await market.As(Cast.Reviewer));
        var id = await maker.Sends("ac-14-segregated-account");
        (await checker.Approves(id)).Accepted();
        var task = await reviewer.TaskOf(id);
        (await reviewer.ClaimsTask(task)).Accepted();
        (await reviewer.DecidesTask(task, "return", "Whose account is it?")).Accepted();
        var due = DateTimeOffset.Parse((await maker.SeesRequest(id)).Json["deadlines"]!["correctionDue"]!.Text("dueAt"), CultureInfo.InvariantCulture);
        var words = HongKongWords.DateAndTime(due, "en");

        await market.Portal.ClockMovesTo($"{HongKong.DateIn(due).AddDays(-1):yyyy-MM-dd} 10:00");
        foreach (var page in new[] { $"/requests/{id}", $"/requests/{id}/form" })
        {
            Assert.Contains($"Correct it by {words}", string.Join(' ', (await maker.GetAsync(page)).Accepted().Words().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }

        await market.Portal.ClockMovesTo($"{due.ToHongKong().AddMinutes(-30):yyyy-MM-dd HH:mm}");
        var number = (await maker.SeesRequest(id)).Json.Text("number");
        Assert.Contains($"{number} must be sent by {words}", (await maker.GetAsync("/notices")).Words(), StringComparison.Ordinal);

        await market.Portal.ClockMovesTo($"{HongKong.DateIn(due).AddDays(1):yyyy-MM-dd} 10:00");
        Assert.Equal("expired", await maker.StatusOf(id));
        var rows = (await maker.GetAsync($"/requests/{id}")).Words();
        Assert.Contains(words, rows[rows.LastIndexOf("Correction due", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_is_due_when_it_was_armed_also_where_only_a_warning_hangs_on_it()
    {
        var (maker, checker, reviewer, approver) = (await market.As(Cast.Maker), await market.As(Cast.Checker), await market.As(Cast.Reviewer), await market.As(Cast.Approver));
        var id = await maker.Sends("set-2-early-buy-in");
        (await checker.Approves(id)).Accepted();
        (await reviewer.Approves(id)).Accepted();
        (await approver.Approves(id)).Accepted();
        var due = DateTimeOffset.Parse((await maker.SeesRequest(id)).Json["deadlines"]!["resultDue"]!.Text("dueAt"), CultureInfo.InvariantCulture);
        var task = await reviewer.TaskOf(id);

        await market.Portal.ClockMovesTo($"{HongKong.DateIn(due).AddDays(2):yyyy-MM-dd} 10:00");

        var page = (await reviewer.GetAsync($"/tasks/{task}")).Accepted().Words();
        Assert.Contains($"Result due {HongKongWords.DateAndTime(due, "en")}", string.Join(' ', page.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("It still has to be done.", page, StringComparison.Ordinal);
    }
}
