using System.Globalization;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>What the clearing house's people and the makers are told because time passes. The clock of this portal is moved, forward only.</summary>
public sealed class DeadlineMailsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checkers_are_reminded_reviewers_warned_and_supervisors_told_and_what_was_not_sent_expires()
    {
        var maker = await market.As(Cast.Maker);
        var waiting = await market.Sent();
        var submitted = await market.Submitted();
        var deadlines = (await maker.SeesRequest(waiting)).Accepted().Json["deadlines"]!;
        var (cutOff, late) = (At(deadlines["cutOff"].Text("dueAt")), At(deadlines["cutOff"].Text("lateAt")));
        var decision = At((await maker.SeesRequest(submitted)).Json["deadlines"]!["decisionDue"].Text("dueAt"));
        var (first, second) = (await Number(maker, waiting), await Number(maker, submitted));

        await market.Portal.ClockMovesTo(Iso(cutOff.AddMinutes(-10)));
        await Told(first, "must be sent by", Cast.Checker, Cast.B09001.Checker2);
        await market.Portal.ClockMovesTo(Iso(cutOff.AddMinutes(1)));
        await Told(first, "is late", Cast.Checker);
        Assert.Equal("pendingChecker", await maker.StatusOf(waiting));
        await market.Portal.ClockMovesTo(Iso(late.AddMinutes(1)));
        await Told(first, "has expired", Cast.Maker, Cast.Checker);
        Assert.Equal("expired", await maker.StatusOf(waiting));
        await Told(second, "is due by", Cast.Reviewer, Cast.Reviewer2);
        await market.Portal.ClockMovesTo(Iso(decision.AddMinutes(1)));
        await Told(second, "is overdue", Cast.Supervisor);
        Assert.Equal("submitted", await maker.StatusOf(submitted));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static async Task<string> Number(Person person, string request) => (await person.SeesRequest(request)).Accepted().Json.Text("number");

    private async Task Told(string number, string subject, params Account[] whom)
    {
        foreach (var account in whom)
        {
            await market.Mail.FirstAsync(
                m => m.To.Contains(account.Email) && m.Subject.Contains(number, StringComparison.Ordinal) && m.Subject.Contains(subject, StringComparison.Ordinal), Ct);
        }
    }
}
