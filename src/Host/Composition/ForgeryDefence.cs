using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Metadata;

namespace ClientConnect.Host.Composition;

/// <summary>
/// Against requests that another site makes in a person's name. Pages: every form carries a token. The API, which has the cookie
/// but no token: only JSON (files as multipart where an endpoint takes them), and only from our own origin.
/// </summary>
internal static class ForgeryDefence
{
    public static void AddForgeryDefence(this WebApplicationBuilder builder)
    {
        var isDevelopment = builder.Environment.IsDevelopment();
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = isDevelopment ? "form" : "__Host-form";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.Path = "/";
            options.Cookie.SecurePolicy = isDevelopment ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            options.SuppressXFrameOptionsHeader = true; // SecurityHeaders forbids frames altogether.
        });
    }

    /// <summary>Refuses calls of the API that don't come from our own pages, or in a form that a foreign page could send.</summary>
    public static void UseOwnOriginOnly(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (!http.Request.IsApi())
        {
            await next(http);
        }
        else if (!IsOwnOrigin(http.Request))
        {
            await ApiProblem.WriteAsync(http, StatusCodes.Status403Forbidden, "foreign-origin", "The API answers its own pages and programs, no other sites.");
        }
        else if (!IsAcceptedContent(http))
        {
            await ApiProblem.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, "json-only", "Send application/json.");
        }
        else
        {
            await next(http);
        }
    });

    /// <summary>Refuses forms without our token; the API and endpoints that opted out (<c>DisableAntiforgery</c>) have none.</summary>
    public static void UseFormTokens(this WebApplication app)
    {
        app.UseAntiforgery();
        app.Use(async (http, next) =>
        {
            if (NeedsToken(http) && !await IsValidAsync(http))
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            await next(http);
        });
    }

    // Where the endpoint reads a form, the framework has judged already, and won't let the form be read again.
    private static async ValueTask<bool> IsValidAsync(HttpContext http) =>
        http.Features.Get<IAntiforgeryValidationFeature>() is { } judged ? judged.IsValid : await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);

    private static bool NeedsToken(HttpContext http) =>
        IsUnsafe(http.Request) && !http.Request.IsApi() && http.GetEndpoint() is { } endpoint
        && endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: false };

    private static bool IsOwnOrigin(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        // "none" is a person who typed the address; that can't change anything.
        return (site is "" or "same-origin" || (site == "none" && !IsUnsafe(request)))
            && (origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsAcceptedContent(HttpContext http)
    {
        var type = http.Request.ContentType;
        if (!IsUnsafe(http.Request) || (string.IsNullOrEmpty(type) && http.Request.ContentLength is null or 0))
        {
            return true;
        }

        return http.Request.HasJsonContentType()
            || (type?.StartsWith("multipart/form-data;", StringComparison.OrdinalIgnoreCase) == true
                && http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("multipart/form-data") == true);
    }

    private static bool IsUnsafe(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
}
