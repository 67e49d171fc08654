using System.Net;
using ClientConnect.Workflows.Access;

namespace ClientConnect.Host.Composition;

/// <summary>
/// The cookies of signing in. Over https they are <c>__Host-</c> and Secure, so no neighbouring host can plant one; a plain one
/// exists only in Development on the machine itself. Anything else gets no cookie, and so nobody in.
/// </summary>
internal static class SessionCookie
{
    private const string SessionName = "session";
    private const string AwaitingName = "sign-in";

    /// <summary>The session of a person who has given both factors.</summary>
    public static SessionToken? ReadSession(HttpContext http) => Read(http, SessionName);

    public static void WriteSession(HttpContext http, SessionToken token) => Write(http, SessionName, token);

    /// <summary>The sign-in that awaits its second factor.</summary>
    public static SessionToken? ReadAwaiting(HttpContext http) => Read(http, AwaitingName);

    public static void WriteAwaiting(HttpContext http, SessionToken token) => Write(http, AwaitingName, token);

    public static void Forget(HttpContext http)
    {
        Delete(http, SessionName);
        Delete(http, AwaitingName);
    }

    public static void ForgetAwaiting(HttpContext http) => Delete(http, AwaitingName);

    private static SessionToken? Read(HttpContext http, string name) =>
        NameOf(http, name) is { } full ? SessionToken.From(http.Request.Cookies[full]) : null;

    private static void Write(HttpContext http, string name, SessionToken token)
    {
        var full = NameOf(http, name) ?? throw new InvalidOperationException("Nobody signs in over plain http.");
        http.Response.Cookies.Append(full, token.Text, Options(http));
    }

    private static void Delete(HttpContext http, string name)
    {
        if (NameOf(http, name) is { } full && http.Request.Cookies.ContainsKey(full))
        {
            http.Response.Cookies.Delete(full, Options(http));
        }
    }

    // No lifetime: the browser forgets it when it closes, the server decides all else.
    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", Secure = http.Request.IsHttps, IsEssential = true };

    private static string? NameOf(HttpContext http, string name)
    {
        if (http.Request.IsHttps)
        {
            return $"__Host-{name}";
        }

        var isDevelopment = http.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment();
        return isDevelopment && (http.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(http.Connection.RemoteIpAddress)) ? name : null;
    }
}
