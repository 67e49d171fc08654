using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Access;
using Microsoft.AspNetCore.Mvc;
using QRCoder;

namespace ClientConnect.Host.Portal.Access;

/// <summary>Signing in, in two steps, and out. The password's page and the code's page never say which accounts exist.</summary>
internal static class SignInEndpoints
{
    private const string SignInPath = "/sign-in";
    private const string CodePath = "/sign-in/totp";
    private const string SetUpPath = "/account/totp";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup(string.Empty).AllowAnonymous().ExcludeFromDescription();
        open.MapGet(SignInPath, Begin);
        open.MapPost(SignInPath, PasswordAsync);
        open.MapGet(CodePath, (HttpContext http, [FromQuery(Name = "return")] string? back) =>
            SessionCookie.ReadAwaiting(http) is null ? BeginAgain() : Pages.Totp(Frames.Of(http), new TotpView(back)));
        open.MapPost(CodePath, CodeAsync);
        open.MapGet(SetUpPath, (HttpContext http, OfferSecondFactor offer, [FromQuery(Name = "return")] string? back, CancellationToken ct) => SetUpAsync(http, offer, back, null, ct));
        open.MapPost(SetUpPath, ProveAsync);
        app.MapPost("/sign-out", SignOutAsync).Needs(Permission.UseThePortal).ExcludeFromDescription();
    }

    private static IResult Begin(HttpContext http, IHostEnvironment environment, [FromQuery(Name = "return")] string? back, [FromQuery] string? over)
    {
        if (http.FindViewer() is not null)
        {
            return Results.LocalRedirect(Local(back));
        }

        var view = new SignInView(null, back) { ShowsDev = environment.IsDevelopment(), Refused = over is null ? null : "sign-in.session-over" };
        return Pages.SignIn(Frames.Of(http), view);
    }

    private static async Task<IResult> PasswordAsync(
        HttpContext http, SignIn signIn, IHostEnvironment environment, [FromForm] string? email, [FromForm] string? password, [FromForm(Name = "return")] string? back, CancellationToken ct)
    {
        var view = new SignInView(email, back) { ShowsDev = environment.IsDevelopment() };
        if (string.IsNullOrWhiteSpace(email) || string.IsNullOrEmpty(password))
        {
            return Pages.SignIn(Frames.Of(http), view with { Refused = "sign-in.empty" });
        }

        var accepted = await signIn.HandleAsync(email, password, http.GetVisitor(), ct);
        if (accepted.IsRefused)
        {
            return accepted.Refusal is TooManyAttempts shut
                ? TooMany(http, shut, Pages.SignIn(Frames.Of(http), view with { Refused = "sign-in.locked", Minutes = shut.Minutes }))
                : Pages.SignIn(Frames.Of(http), view with { Refused = "sign-in.wrong" });
        }

        SessionCookie.WriteAwaiting(http, accepted.Value.Token);
        return SeeOther((accepted.Value.HasAuthenticator ? CodePath : SetUpPath) + QueryString.Create("return", Local(back)));
    }

    private static async Task<IResult> CodeAsync(HttpContext http, ConfirmSecondFactor confirm, [FromForm] string? code, [FromForm(Name = "return")] string? back, CancellationToken ct)
    {
        if (SessionCookie.ReadAwaiting(http) is not { } awaiting)
        {
            return BeginAgain();
        }

        var confirmed = await confirm.HandleAsync(awaiting, code, http.GetVisitor(), ct);
        return confirmed.Match(
            session => Enter(http, session, back),
            refusal => refusal switch
            {
                SignInHasTimedOut => BeginAgain(),
                TooManyAttempts shut => TooMany(http, shut, Pages.Totp(Frames.Of(http), new TotpView(back, "totp.locked"))),
                _ => Pages.Totp(Frames.Of(http), new TotpView(back, "totp.wrong")),
            });
    }

    private static async Task<IResult> SetUpAsync(HttpContext http, OfferSecondFactor offer, string? back, string? refused, CancellationToken ct)
    {
        if (SessionCookie.ReadAwaiting(http) is not { } awaiting)
        {
            return http.FindViewer() is null ? BeginAgain() : SeeOther("/account");
        }

        var offered = await offer.HandleAsync(awaiting, ct);
        return offered.Match(
            it => Pages.TotpSetUp(Frames.Of(http), new TotpSetUpView(Picture(it.Address), InFours(it.Secret), refused, back)),
            _ => BeginAgain());
    }

    private static async Task<IResult> ProveAsync(
        HttpContext http, ConfirmSecondFactor confirm, OfferSecondFactor offer, [FromForm] string? code, [FromForm(Name = "return")] string? back, CancellationToken ct)
    {
        if (SessionCookie.ReadAwaiting(http) is not { } awaiting)
        {
            return BeginAgain();
        }

        var confirmed = await confirm.HandleAsync(awaiting, code, http.GetVisitor(), ct);
        return confirmed switch
        {
            { IsRefused: false } => Enter(http, confirmed.Value, back),
            { Refusal: SignInHasTimedOut } => BeginAgain(),
            { Refusal: TooManyAttempts shut } => TooMany(http, shut, await SetUpAsync(http, offer, back, "totp.locked", ct)),
            _ => await SetUpAsync(http, offer, back, "totp.wrong", ct),
        };
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, SignOut signOut, CancellationToken ct)
    {
        await signOut.HandleAsync(http.GetViewer(), http.GetVisitor(), ct);
        SessionCookie.Forget(http);
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return SeeOther(SignInPath);
    }

    private static SeeOtherResult Enter(HttpContext http, SessionToken session, string? back)
    {
        SessionCookie.ForgetAwaiting(http);
        SessionCookie.WriteSession(http, session);
        return SeeOther(Local(back));
    }

    private static SeeOtherResult BeginAgain() => SeeOther($"{SignInPath}?over=1");

    private static Answered TooMany(HttpContext http, TooManyAttempts shut, IResult page)
    {
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(shut.Wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new Answered(page, StatusCodes.Status429TooManyRequests);
    }

    private static SeeOtherResult SeeOther(string path) => new SeeOtherResult(path);

    // Only a path of ours: "//elsewhere" and "/\elsewhere" are other hosts to a browser.
    private static string Local(string? path) =>
        path is { Length: > 0 and <= 500 } && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl)
        && !path.StartsWith(SignInPath, StringComparison.OrdinalIgnoreCase)
            ? path
            : "/";

    private static string Picture(string address)
    {
        using var codes = new QRCodeGenerator();
        using var code = codes.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        return $"data:image/png;base64,{Convert.ToBase64String(new PngByteQRCode(code).GetGraphic(6))}";
    }

    private static string InFours(string secret) => string.Join(' ', secret.Chunk(4).Select(four => new string(four)));

    /// <summary>A page under another status than its own.</summary>
    private sealed class Answered(IResult page, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.OnStarting(() =>
            {
                httpContext.Response.StatusCode = status;
                return Task.CompletedTask;
            });
            return page.ExecuteAsync(httpContext);
        }
    }

    /// <summary>After a form: go there with a GET, so that reloading sends nothing twice.</summary>
    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
