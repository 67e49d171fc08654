using System.Globalization;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Demonstration;
using ClientConnect.Host.Jobs;
using ClientConnect.Host.Portal;
using ClientConnect.Host.Portal.Dev;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Register;
using Microsoft.AspNetCore.Mvc;

namespace ClientConnect.Host.Dev;

/// <summary>
/// <c>/dev</c>: signs in as anybody, moves the business clock, shows the mails. Development only: in Production none of it is
/// registered or mapped, and a test proves it.
/// </summary>
internal static class DevEndpoints
{
    private static readonly TimeOnly Morning = new(10, 0);

    public static void AddDevelopment(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment()) return;
        builder.Services.AddSingleton<MoveClock>().AddSingleton<IDemonstration, Demonstration>().AddHostedService<ClockFollower>();
    }

    public static void MapDevelopment(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) return;
        var dev = app.MapGroup("/dev").AllowAnonymous().ExcludeFromDescription();
        dev.MapGet("", (HttpContext http, DemonstrationMarket market, BusinessClock clock, CancellationToken ct) => PageAsync(http, market, clock, null, ct));
        dev.MapPost("/sign-in", SignInAsync).DisableAntiforgery();
        dev.MapPost("/clock", MoveAsync).DisableAntiforgery();
        dev.MapGet("/mail", MailsAsync);
        dev.MapGet("/mail/{id}", MailAsync);
        dev.MapGet("/mail/{id}/html", MailHtml).With(ContentPolicy.Mail);
    }

    private static async Task<IResult> PageAsync(HttpContext http, DemonstrationMarket market, BusinessClock clock, string? fault, CancellationToken ct)
    {
        var accounts = market.Accounts.Select(a => new DevAccount(a.Email, a.Name, a.Firm.En, a.Account, a.TotpSecret)).ToList();
        return Pages.Dev(await Frames.ForAsync(http, ct), new DevView(accounts, clock.GetUtcNow(), clock.Offset) { ClockFault = fault, Mails = http.RequestServices.GetService<FolderMailSender>()?.Latest(200).Count ?? 0 });
    }

    private static async Task<IResult> SignInAsync(HttpContext http, StartSession start, [FromForm] string? account, CancellationToken ct)
    {
        var started = await start.HandleAsync(account ?? string.Empty, http.GetVisitor(), ct);
        if (started.IsRefused) return await AnswerAsync(http, started.Refusal, ct);
        SessionCookie.WriteSession(http, started.Value);
        return WantsPage(http) ? Results.Redirect("/") : Results.Json(new { account });
    }

    private static async Task<IResult> MoveAsync(HttpContext http, MoveClock move, DemonstrationMarket market, BusinessClock clock, CalendarStore calendars, Beats beats, [FromForm] string? now, CancellationToken ct)
    {
        var target = Target(now, clock.GetUtcNow(), calendars.Current);
        if (target.IsRefused) return await AnswerAsync(http, target.Refusal, ct);
        var moved = await move.HandleAsync(target.Value, ct);
        if (moved.IsRefused) return await AnswerAsync(http, moved.Refusal, ct);

        await market.TopUpAsync(HongKong.DateIn(moved.Value), ct);
        await beats.SendNoticesAsync(ct);
        return WantsPage(http) ? Results.Redirect("/dev") : Results.Json(new { now = moved.Value.ToHongKong() });
    }

    /// <summary>ISO 8601 (without an offset: Hong Kong time), <c>+2h</c>, <c>+30m</c>, <c>+1d</c>, or <c>next-settlement-day</c> (at 10:00).</summary>
    private static Result<DateTimeOffset> Target(string? text, DateTimeOffset now, BusinessCalendar calendar)
    {
        var wish = text?.Trim() ?? string.Empty;
        if (wish == "next-settlement-day") return calendar.Next(HongKong.DateIn(now), DayKind.Settlement).Then(day => HongKong.At(day, Morning));
        if (wish.Length > 2 && wish[0] == '+' && double.TryParse(wish[1..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= 100_000)
        {
            TimeSpan? step = wish[^1] switch { 's' => TimeSpan.FromSeconds(amount), 'm' => TimeSpan.FromMinutes(amount), 'h' => TimeSpan.FromHours(amount), 'd' => TimeSpan.FromDays(amount), _ => null };
            if (step is { } ahead) return now + ahead;
        }

        var hasOffset = wish.EndsWith('Z') || wish.LastIndexOfAny(['+', '-']) > 9;
        if (hasOffset && DateTimeOffset.TryParse(wish, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)) return instant;
        return !hasOffset && DateTime.TryParse(wish, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? HongKong.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))
            : new ThatIsNoMoment();
    }

    private static async Task<IResult> MailsAsync(HttpContext http, IServiceProvider services, CancellationToken ct)
    {
        var mails = services.GetService<FolderMailSender>()?.Latest(200) ?? [];
        return Pages.DevMails(await Frames.ForAsync(http, ct), new DevMailsView([.. mails.Select(m => new DevMailRow(m.Id, m.Mail.Subject, m.To, m.Date))]));
    }

    private static async Task<IResult> MailAsync(HttpContext http, IServiceProvider services, string id, CancellationToken ct) =>
        Find(services, id) is { } mail
            ? Pages.DevMail(await Frames.ForAsync(http, ct), new DevMailView(mail.Id, mail.Mail.Subject, "Client Connect", mail.To, mail.Date, mail.Mail.Text, $"/dev/mail/{mail.Id}/html"))
            : Pages.Refused(await Frames.ForAsync(http, ct), new NothingHere());

    private static IResult MailHtml(IServiceProvider services, string id) =>
        Find(services, id) is { } mail ? Results.Content(mail.Mail.Html, "text/html; charset=utf-8") : Results.NotFound();

    private static FolderMail? Find(IServiceProvider services, string id) =>
        services.GetService<FolderMailSender>()?.Latest(1000).FirstOrDefault(m => m.Id == id);

    private static async Task<IResult> AnswerAsync(HttpContext http, Refusal refusal, CancellationToken ct) =>
        !WantsPage(http) ? Api.Problems.Of(refusal)
        : refusal is ClockGoesForwardOnly or ThatIsNoMoment or CalendarNotKnown
            ? await PageAsync(http, http.RequestServices.GetRequiredService<DemonstrationMarket>(), http.RequestServices.GetRequiredService<BusinessClock>(), Words.Of(refusal, "en"), ct)
            : Pages.Refused(await Frames.ForAsync(http, ct), refusal);

    private static bool WantsPage(HttpContext http) => http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    /// <summary>What was typed is no moment that the clock could move to.</summary>
    private sealed record ThatIsNoMoment() : Refusal(RefusalKind.Invalid);

    /// <summary>Follows a clock that was moved on another host.</summary>
    private sealed class ClockFollower(MoveClock clock, Readiness readiness, TimeProvider machine) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), machine);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    if (readiness.IsReady) await clock.FollowAsync(stoppingToken);
                }
                catch (Exception away) when (Preparation.IsAway(away))
                {
                    // The clock runs on with the offset that it has.
                }
            }
        }
    }
}
