namespace ClientConnect.Host.Composition;

/// <summary>What a page may load and run; on an endpoint, another one than <see cref="Strict"/>.</summary>
internal sealed record ContentPolicy(string Value)
{
    private const string Shut = "default-src 'none'; connect-src 'self'; form-action 'self'; object-src 'none'; frame-ancestors 'none'; manifest-src 'self'";
    private const string Closed = $"{Shut}; base-uri 'none'";

    /// <summary>Own scripts and styles, none inline. Pictures also as <c>data:</c> (the authenticator's square).</summary>
    public static readonly ContentPolicy Strict = new($"{Closed}; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'");

    /// <summary>For the one page that holds the Studio, which is WebAssembly, styles itself inline and finds its files from the page's base.</summary>
    public static readonly ContentPolicy Studio = new(
        $"{Shut}; base-uri 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; font-src 'self' data:; img-src 'self' data:");

    /// <summary>For the jobs' dashboard, which styles itself inline.</summary>
    public static readonly ContentPolicy Dashboard = new($"{Closed}; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'");

    /// <summary>For a mail shown as a page: nothing runs, nothing loads but its own styles.</summary>
    public static readonly ContentPolicy Mail = new("default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox");
}

/// <summary>On an endpoint whose answer tells nothing of anybody: browsers may keep it, and ask each time whether it is still so.</summary>
internal sealed record KeptByBrowsers;

/// <summary>Headers that every answer carries, so that no page has to remember them.</summary>
internal static class SecurityHeaders
{
    private const string TwoYears = "max-age=63072000; includeSubDomains";

    public static WebApplication UseSecurityHeaders(this WebApplication app)
    {
        var tellsHttpsOnly = !app.Environment.IsDevelopment();
        app.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                Write(http, tellsHttpsOnly);
                return Task.CompletedTask;
            });
            return next(http);
        });
        return app;
    }

    /// <summary>Gives an endpoint's pages another policy.</summary>
    public static TBuilder With<TBuilder>(this TBuilder endpoints, ContentPolicy policy)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(policy);

    private static void Write(HttpContext http, bool tellsHttpsOnly)
    {
        var headers = http.Response.Headers;
        // A download has set a stricter one of its own.
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = (http.GetEndpoint()?.Metadata.GetMetadata<ContentPolicy>() ?? ContentPolicy.Strict).Value;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (http.Request.IsHttps && tellsHttpsOnly)
        {
            headers.StrictTransportSecurity = TwoYears;
        }

        // What a person saw must not come back by the next one's "back" button; sign-in pages hold a form's token.
        if (http.FindViewer() is not null || http.Request.Path.StartsWithSegments("/sign-in", StringComparison.OrdinalIgnoreCase))
        {
            headers.CacheControl = http.GetEndpoint()?.Metadata.GetMetadata<KeptByBrowsers>() is null ? "no-store" : "private, no-cache";
        }
    }
}
