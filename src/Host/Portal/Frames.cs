using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using Microsoft.AspNetCore.Antiforgery;

namespace ClientConnect.Host.Portal;

/// <summary>Makes the frame of a page from the call: who looks, in which language, with which form token.</summary>
internal static class Frames
{
    /// <summary>For pages that anybody may see as well as for those of signed-in people.</summary>
    public static Frame Of(HttpContext http)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        var frame = Bare(http) with { Antiforgery = tokens.RequestToken ?? string.Empty, AntiforgeryField = tokens.FormFieldName };
        return http.FindViewer() is { } viewer ? frame.For(viewer) with { SessionEnds = SessionLimits.Idle } : frame;
    }

    /// <summary>Without a form token and without asking anything: for pages about trouble.</summary>
    public static Frame Bare(HttpContext http)
    {
        var services = http.RequestServices;
        var frame = new Frame(LanguageOf(http), http.Request.Path + http.Request.QueryString, services.GetRequiredService<BusinessClock>().GetUtcNow(), string.Empty)
        {
            IsDevelopment = services.GetRequiredService<IHostEnvironment>().IsDevelopment(),
        };
        return http.FindViewer() is { } viewer ? frame.For(viewer) : frame;
    }

    // Before anybody has signed in: what the browser asks for, English otherwise.
    private static string LanguageOf(HttpContext http)
    {
        var wanted = http.Request.Headers.AcceptLanguage.ToString();
        return wanted.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
            ? wanted.StartsWith("zh-CN", StringComparison.OrdinalIgnoreCase) || wanted.StartsWith("zh-Hans", StringComparison.OrdinalIgnoreCase) ? "zh-Hans" : "zh-Hant"
            : "en";
    }
}
