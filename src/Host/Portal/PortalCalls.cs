using Microsoft.AspNetCore.Http.Extensions;
using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal;

/// <summary>What all pages do alike: read their form, go on after it with a GET, and say no.</summary>
internal static class PortalCalls
{
    /// <summary>The key by which sending the same form twice is harmless; null where the form has none.</summary>
    public static OperationKey? Operation(HttpContext http, IFormCollection form)
    {
        var key = form["operation"].ToString();
        if (key.Length > OperationKey.MaxLength || key.Any(char.IsControl)) return null;
        var body = new JsonObject(form.Where(f => f.Key is not "operation" && !f.Key.StartsWith("__", StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => KeyValuePair.Create(f.Key, (JsonNode?)new JsonArray([.. f.Value.Select(v => (JsonNode?)JsonValue.Create(v))]))));
        return OperationKey.Of(key, $"POST {http.Request.Path}", body);
    }

    /// <summary>After a form: go there with a GET, so that reloading sends nothing twice.</summary>
    public static IResult SeeOther(string path) => new SeeOtherResult(path);

    /// <summary>The address with what was just done, which the page there says once (<see cref="Frames"/>).</summary>
    /// <param name="of">What it was done with: a request's number.</param>
    /// <param name="then">What comes now: <c>next</c>, <c>claimed</c> or <c>last</c>.</param>
    /// <param name="at">Where it goes on: a step of a release.</param>
    public static string WithDone(string href, string done, string? of = null, string? then = null, string? at = null)
    {
        var query = Address(string.Empty, ("done", done), ("of", of), ("at", at), ("then", then));
        return href + (href.Contains('?', StringComparison.Ordinal) ? "&" + query[1..] : query);
    }

    /// <summary>A refusal as a page of its own, with where to go on.</summary>
    /// <param name="typed">What was typed and could not be recorded: the page gives it back. Null where nothing was.</param>
    public static async Task<IResult> RefusedAsync(HttpContext http, Refusal refusal, CancellationToken ct, (string Href, LocalText Words)? next = null, string? typed = null)
    {
        if (refusal is SessionHasEnded)
        {
            SessionCookie.Forget(http);
            return SeeOther("/sign-in?over=1");
        }

        return Pages.Refused(await Frames.ForAsync(http, ct), refusal, next, typed);
    }

    public static Task<IResult> NothingHereAsync(HttpContext http, CancellationToken ct) => RefusedAsync(http, new NothingHere(), ct);

    /// <summary>A refusal's words in all languages, for where it explains instead of refusing.</summary>
    public static LocalText WordsOf(Refusal refusal)
    {
        if (refusal is NotYoursToDo { Reason: var reason } && Words.Has("why-not." + reason)) return Words.Text("why-not." + reason);
        return Texts(language => Words.Of(refusal, language));
    }

    /// <summary>Words made up of others, once in each language.</summary>
    public static LocalText Texts(Func<string, string> words) => new(words("en"), words("zh-Hant"), words("zh-Hans"));

    /// <summary>An address with the query's parts that are not empty.</summary>
    public static string Address(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var parts = new QueryBuilder();
        foreach (var (name, value) in query)
        {
            if (!string.IsNullOrEmpty(value)) parts.Add(name, value);
        }

        return path + parts;
    }

    /// <summary>Which page of how many, with the list's address.</summary>
    public static PageOfMany PageOf<T>(Page<T> page, string href) => new(page.Number, Math.Max(1, (page.Total + page.Size - 1) / page.Size), page.Total, href.Length == 0 ? "?" : href);

    public static string Number(int n) => n.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The text of a JSON text; null for everything else.</summary>
    public static string? Said(this JsonNode? node) => node is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : null;

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
