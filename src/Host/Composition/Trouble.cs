using System.Globalization;
using System.Security.Cryptography;
using ClientConnect.Host.Api;
using ClientConnect.Host.Portal;
using ClientConnect.Host.Portal.Errors;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace ClientConnect.Host.Composition;

/// <summary>
/// What a person or a program is told when something unexpected happens: never a stack trace, always what to do. The database away
/// or a row held by somebody else is no fault of the call: 503, and when to come again.
/// </summary>
internal static class Trouble
{
    private const int RetryAfterSeconds = 5;

    public static void UseTrouble(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = HandleAsync, SuppressDiagnosticsCallback = c => true });
        app.UseStatusCodePages(context => WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
    }

    /// <param name="until">When a planned window ends; null where nobody knows how long it takes.</param>
    public static async Task UnavailableAsync(HttpContext http, DateTimeOffset? until = null)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        await WriteAsync(http, StatusCodes.Status503ServiceUnavailable, until);
    }

    private static async Task HandleAsync(HttpContext http)
    {
        var trouble = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (trouble is UnreadableReleaseException unreadable)
        {
            await RefuseAsync(http, unreadable);
            return;
        }

        var status = trouble switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            // The form's token is asked for first, so this is how a form that can't be read comes to light.
            AntiforgeryValidationException => StatusCodes.Status400BadRequest,
            not null when Preparation.IsAway(trouble) || IsHeld(trouble) => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
        http.Response.StatusCode = status;
        await WriteAsync(http, status);
    }

    // An operator's matter, and of this one request alone.
    private static async Task RefuseAsync(HttpContext http, UnreadableReleaseException unreadable)
    {
        LoggerOf(http).LogError(unreadable, "{Method} {Path} is refused", http.Request.Method, http.Request.Path);
        var refusal = new ReleaseIsUnreadable();
        var answer = http.Request.IsApi() ? Problems.Of(refusal, http.GetViewer().Language) : await PortalCalls.RefusedAsync(http, refusal, http.RequestAborted);
        await answer.ExecuteAsync(http);
    }

    private static ILogger LoggerOf(HttpContext http) => http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("ClientConnect.Host.Trouble");

    // Somebody else holds the row for too long: nothing was written, and another try is likely to come through.
    private static bool IsHeld(Exception trouble) => trouble is PostgresException
    {
        SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.QueryCanceled,
    } || (trouble.InnerException is { } inner && IsHeld(inner));

    private static Task WriteAsync(HttpContext http, int status, DateTimeOffset? until = null)
    {
        var reference = status >= StatusCodes.Status500InternalServerError && status != StatusCodes.Status503ServiceUnavailable ? Recorded(http, status) : null;
        int? again = status == StatusCodes.Status503ServiceUnavailable ? SecondsTo(http, until) : null;
        if (again is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var (code, title, detail) = Words(status, until);
        return http.Request.IsApi()
            ? Problems.Of(status, code, title, detail, reference).ExecuteAsync(http)
            : Pages.Error(FrameOf(http, status), new ErrorView(status, null) { Trace = reference, AgainInSeconds = until is null ? again : null, Until = until }).ExecuteAsync(http);
    }

    private static int SecondsTo(HttpContext http, DateTimeOffset? until) => until is { } end
        ? (int)Math.Ceiling(Math.Max(1, (end - http.RequestServices.GetRequiredService<BusinessClock>().GetUtcNow()).TotalSeconds))
        : RetryAfterSeconds;

    // Ours, not the person's: the log has what happened under the reference that the page shows; the page has no more than it.
    private static string Recorded(HttpContext http, int status)
    {
        var reference = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5));
        LoggerOf(http).LogError(http.Features.Get<IExceptionHandlerFeature>()?.Error,
            "Answered {Status} to {Method} {Path}; the person was given the reference {Reference}", status, http.Request.Method, http.Request.Path, reference);
        return reference;
    }

    // A form token needs the keys, and those the database: where that is in trouble, the page does without its forms.
    private static Frame FrameOf(HttpContext http, int status) => status < StatusCodes.Status500InternalServerError && !http.Response.HasStarted ? Frames.Of(http) : Frames.Bare(http);

    private static (string Code, string Title, string Detail) Words(int status, DateTimeOffset? until) => status switch
    {
        400 => ("not-readable", "The call can't be read.", "Check its address, headers and body."),
        401 => ("sign-in-required", "Sign in first.", "The session may have ended."),
        403 => ("not-yours-to-do", "Your role does not allow this.", "Ask your administrator if you need it."),
        404 => ("nothing-here", "There is nothing here.", "Or nothing that you may see."),
        405 => ("method-not-allowed", "This address does not know that method.", "See /openapi/v1.json."),
        413 => ("body-too-large", "The body is too large.", "At most 1 MB of JSON, 10 MB for a file."),
        415 => ("json-expected", "This address takes JSON.", "Send the body as application/json."),
        503 when until is { } end => ("closed-for-maintenance", $"The portal is closed for maintenance until {end.ToHongKong():yyyy-MM-dd'T'HH:mmzzz}.", "Drafts are kept, and what was sent is safe. Try again then."),
        503 => ("temporarily-unavailable", "The portal is temporarily unavailable.", "Nothing of yours is lost. Try again in a few seconds."),
        _ when status >= 500 => ("our-fault", "Something went wrong on our side.", "It has been recorded. What was saved before is safe; try again."),
        _ => ("refused", "This is not possible.", "Check the call and try again."),
    };
}
