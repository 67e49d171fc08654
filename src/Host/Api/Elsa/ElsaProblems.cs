using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>
/// A refusal as Studio shows it: the problem of the API, with the sentences where Elsa's clients look for them. They look only into a 400:
/// by any other status Studio stops working and says nothing. The codes of the refusal and of each
/// fault tell others what kind it is.
/// </summary>
internal static class ElsaProblems
{
    private const int MostFaults = 20;

    public static IResult Of(Refusal refusal, string language)
    {
        var words = Words.Of(refusal, language);
        var next = Words.NextAfter(refusal, language);
        var problem = new ProblemDetails { Status = refusal.Kind == RefusalKind.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, Title = words, Detail = next, Type = $"/problems/{refusal.Code}" };
        problem.Extensions["code"] = refusal.Code;
        var faults = refusal.Fields.Take(MostFaults).Select(f => (f.Path, f.Code, Said: Words.Of(f, language).Replace("{label}", f.Path, StringComparison.Ordinal))).ToList();
        problem.Extensions["errors"] = new Dictionary<string, string[]> { ["generalErrors"] = [$"{words} {next}", .. faults.Select(f => Placed(f.Path, f.Said))] };
        if (faults.Count > 0) problem.Extensions["fields"] = faults.Select(f => new { path = f.Path, code = f.Code, message = f.Said }).ToArray();
        return Results.Json(problem, contentType: "application/problem+json", statusCode: problem.Status);
    }

    // Sentences about a step name it themselves.
    private static string Placed(string place, string words) => words.Contains(place, StringComparison.Ordinal) ? words : $"{place}: {words}";
}
