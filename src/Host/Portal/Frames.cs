using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Inbox;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using Microsoft.AspNetCore.Antiforgery;

namespace ClientConnect.Host.Portal;

/// <summary>Makes the frame of a page from the call: who looks, in which language, with which form token.</summary>
internal static class Frames
{
    /// <summary>Remembers the language of who has not signed in; nothing else.</summary>
    public const string LanguageCookie = "language";

    /// <summary>For pages that anybody may see as well as for those of signed-in people.</summary>
    public static Frame Of(HttpContext http)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        var frame = Bare(http) with { Antiforgery = tokens.RequestToken ?? string.Empty, AntiforgeryField = tokens.FormFieldName };
        frame = frame with { Banner = http.RequestServices.GetService<Maintenance>()?.Announced(frame.Now) };
        return http.FindViewer() is { } viewer ? frame.For(viewer) with { SessionEnds = SessionLimits.Idle } : frame;
    }

    /// <summary>The same with what is counted on every page, and what was just done (<c>?done=sent</c>).</summary>
    public static async Task<Frame> ForAsync(HttpContext http, CancellationToken ct)
    {
        var frame = Of(http);
        if (http.FindViewer() is not { } viewer) return frame;
        var hasInbox = frame.Navigation.Any(n => n.Key == "inbox");
        var unread = await http.RequestServices.GetRequiredService<NoticesOf>().CountUnreadAsync(viewer, ct);
        var tasks = hasInbox ? await http.RequestServices.GetRequiredService<InboxOf>().CountAsync(viewer, ct) : 0;
        return frame with
        {
            Unread = unread,
            Navigation = [.. frame.Navigation.Select(n => n.Key == "inbox" ? n with { Count = tasks } : n)],
            Banner = BannerOf(http) ?? frame.Banner,
        };
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

    // "done" names the sentence, "of" the request that it is about, "at" the step that it goes on to, "then" what comes now; anything else
    // in the address says nothing.
    private static Banner? BannerOf(HttpContext http)
    {
        var query = http.Request.Query;
        var (done, of, then) = (query["done"].ToString(), query["of"].ToString(), query["then"].ToString());
        if (done.Length is 0 or > 30 || !Words.Has("done." + done) || of.Length > 40 || !of.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) return null;
        if (of.Length == 0 && Words.Of("done." + done, "en").Contains("{of}", StringComparison.Ordinal)) return null;
        var step = FurtherApprovals.At(http.RequestServices.GetRequiredService<Catalogue>(), query["at"].ToString());
        if (step is null && Words.Of("done." + done, "en").Contains("{step}", StringComparison.Ordinal)) return null;
        return new Banner(BannerKind.Success, PortalCalls.Texts(l => Words.Of("done." + done, l, ("of", of), ("step", step?.In(l))) + (Words.Has("then." + then) ? " " + Words.Of("then." + then, l) : "")));
    }

    // Before anybody has signed in: what was chosen, else what the browser asks for, English otherwise.
    private static string LanguageOf(HttpContext http)
    {
        if (http.Request.Cookies[LanguageCookie] is { } chosen && LocalText.Languages.Contains(chosen)) return chosen;
        var wanted = http.Request.Headers.AcceptLanguage.ToString();
        return wanted.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
            ? wanted.StartsWith("zh-CN", StringComparison.OrdinalIgnoreCase) || wanted.StartsWith("zh-Hans", StringComparison.OrdinalIgnoreCase) ? "zh-Hans" : "zh-Hant"
            : "en";
    }
}
