using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;
using Microsoft.AspNetCore.Mvc;

namespace ClientConnect.Host.Api;

/// <summary>A refusal as the API says it: RFC 9457, with a stable <c>code</c>, field errors by path, and the words a person would read.</summary>
internal static class Problems
{
    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.NotAllowed => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.VersionRequired => StatusCodes.Status428PreconditionRequired,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.Unsupported => StatusCodes.Status415UnsupportedMediaType,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static int StatusOf(Refusal refusal) => refusal is SessionHasEnded ? StatusCodes.Status401Unauthorized : StatusOf(refusal.Kind);

    public static IResult Of(Refusal refusal, string language = "en")
    {
        var status = StatusOf(refusal);
        var words = Words.Of(refusal, language);
        var problem = new ProblemDetails { Status = status, Title = words, Detail = Words.NextAfter(refusal, language), Type = $"/problems/{refusal.Code}" };
        problem.Extensions["code"] = refusal.Code;
        if (refusal.Fields.Count > 0)
        {
            problem.Extensions["errors"] = refusal.Fields.GroupBy(f => f.Path).ToDictionary(g => g.Key, g => g.Select(f => Said(f, language)).ToArray());
            problem.Extensions["fields"] = refusal.Fields.Select(f => new { path = f.Path, code = f.Code, message = Said(f, language) }).ToArray();
        }

        if (refusal is ContentHasChanged changed)
        {
            problem.Extensions["contentHash"] = changed.CurrentHash;
            problem.Extensions["differences"] = changed.Differences.Select(d => new { path = d.Path, before = d.Before, after = d.After }).ToArray();
        }

        foreach (var (name, value) in refusal.Arguments)
        {
            // A problem's own "status" is HTTP's; a second member of that name would break readers.
            problem.Extensions.TryAdd(name == "status" ? "requestStatus" : name, value);
        }

        return Results.Json(problem, contentType: "application/problem+json", statusCode: status);
    }

    // On a page a field's label stands in the sentence; a program knows the field by its path.
    private static string Said(FieldFault fault, string language) => Words.Of(fault, language).Replace("{label}", fault.Path, StringComparison.Ordinal);

    /// <summary>A problem that is about the call itself, before any use case saw it.</summary>
    /// <param name="reference">Under what the log has it; null where it is no fault of ours.</param>
    public static IResult Of(int status, string code, string title, string detail, string? reference = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail, Type = $"/problems/{code}", Extensions = { ["code"] = code } };
        if (reference is not null) problem.Extensions["reference"] = reference;
        return Results.Json(problem, contentType: "application/problem+json", statusCode: status);
    }
}
