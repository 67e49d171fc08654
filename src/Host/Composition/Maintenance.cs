using System.Globalization;
using ClientConnect.Host.Portal;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Composition;

/// <summary>
/// A planned time in which the portal serves nobody. Every page announces it from a day before; meanwhile every call is answered
/// with 503 and the time of return. Deadlines and mails go on.
/// </summary>
/// <param name="From">The first moment without service, by the business clock.</param>
/// <param name="Until">The first moment with service again.</param>
internal sealed record Maintenance(DateTimeOffset From, DateTimeOffset Until)
{
    private static readonly TimeSpan AnnouncedBefore = TimeSpan.FromDays(1);

    /// <summary>Null where none is planned. A time that can't be read, or an end that isn't after its beginning, stops the start.</summary>
    public static Maintenance? In(IConfiguration configuration)
    {
        var (from, until) = (configuration["Maintenance:From"], configuration["Maintenance:Until"]);
        if (string.IsNullOrEmpty(from) && string.IsNullOrEmpty(until)) return null;
        var planned = new Maintenance(Moment("From", from), Moment("Until", until));
        return planned.Until > planned.From ? planned : throw new InvalidOperationException("Maintenance__Until must be after Maintenance__From.");
    }

    public bool IsNow(DateTimeOffset now) => From <= now && now < Until;

    /// <summary>Null while it is more than a day ahead, and once it has begun.</summary>
    public Banner? Announced(DateTimeOffset now) => now < From && From - now <= AnnouncedBefore
        ? new Banner(BannerKind.Notice, PortalCalls.Texts(l => Words.Of("maintenance.announced", l, ("from", HongKongWords.DateAndTime(From, l)), ("until", HongKongWords.DateAndTime(Until, l)))))
        : null;

    private static DateTimeOffset Moment(string name, string? text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? HongKong.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))
            : throw new InvalidOperationException($"Maintenance__{name} is \"{text}\"; it should be a Hong Kong time such as 2026-12-05T08:00.");
}

/// <summary>Plugs the maintenance window in.</summary>
internal static class MaintenanceComposition
{
    public static void AddMaintenance(this WebApplicationBuilder builder)
    {
        if (Maintenance.In(builder.Configuration) is { } planned) builder.Services.AddSingleton(planned);
    }

    /// <summary>What a host says about itself is said in a window too.</summary>
    public static void UseMaintenance(this WebApplication app)
    {
        if (app.Services.GetService<Maintenance>() is not { } planned) return;
        app.Use((http, next) => planned.IsNow(http.RequestServices.GetRequiredService<BusinessClock>().GetUtcNow()) && !HealthComposition.IsHealth(http)
            ? Trouble.UnavailableAsync(http, planned.Until)
            : next(http));
    }
}
