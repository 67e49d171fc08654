using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>
/// What a reviewer proposes, line by line, of the lines that are open: what was decided in an earlier round stands. Lines that the
/// reviewer leaves out are approved as asked; a reviewer's <c>reject</c> proposes to reject every one. What may be granted per line is the form's business, not ours.
/// </summary>
public sealed class Proposals(DraftAnswers drafts)
{
    internal Result<LoadedRequest> Propose(LoadedRequest request, Decision decision, AskedEntries entries, DateTimeOffset now, Viewer viewer)
    {
        var lines = decision.Outcome == Decision.Reject ? AllRejected(request, decision.Reason) : null;
        if (lines is null)
        {
            var decided = DecisionEvaluator.Evaluate(request.Bundle.Form, request.Answers, WithLinesLeftOut(request, decision.Lines), entries.Within(drafts.ContextOf(request, now), request), Outcomes.Standing(request), request.Bundle.ReturnsLines);
            if (entries.AreMissing) return new EntriesAreMissing();
            if (decided.Faults.Count > 0) return new AnswersAreIncomplete(decided.Faults);
            lines = Outcomes.ToJson(decided.Lines);
        }

        return request with
        {
            Proposal = new JsonObject
            {
                ["outcome"] = decision.Outcome,
                ["reason"] = decision.Reason,
                ["lines"] = lines,
                ["by"] = viewer.User.ToString(),
            },
        };
    }

    internal static JsonArray AllRejected(LoadedRequest request, string? reason)
    {
        var lines = Open(request).Select(n => new LineDecision(n, LineOutcomes.Reject, reason, null, null));
        return Outcomes.ToJson(lines);
    }

    private static JsonArray WithLinesLeftOut(LoadedRequest request, JsonArray? said)
    {
        var all = (JsonArray?)said?.DeepClone() ?? [];
        var named = all.OfType<JsonObject>().Select(l => l["line"]?.ToString()).ToHashSet();
        foreach (var number in Open(request).Where(n => !named.Contains(n.ToString(CultureInfo.InvariantCulture))))
        {
            all.Add((JsonNode)new JsonObject { ["line"] = number, ["outcome"] = LineOutcomes.Approve });
        }

        return all;
    }

    private static IEnumerable<int> Open(LoadedRequest request) => Outcomes.Open(request)?.Order() ?? Enumerable.Range(1, Outcomes.LineCount(request));
}

/// <summary>What is granted or reported has to be looked up first; nobody is shown it, for the click is then decided again.</summary>
internal sealed record EntriesAreMissing() : Refusal(RefusalKind.Conflict);
