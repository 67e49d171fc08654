using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>What comes of a confirmation that may not be the last word: another approval, called as its analyst calls it.</summary>
internal static class FurtherApprovals
{
    /// <summary>What confirming does, for who is about to.</summary>
    public static LocalText Explained(TaskContent content)
    {
        var task = content.Task;
        if (task.Answers.Count + 1 < task.Quorum) return PortalCalls.Texts(l => Words.Of("decide.approval.explains.one-of", l, ("n", PortalCalls.Number(task.Quorum))));
        var (says, isCertain) = FlowWays.FurtherSays(content.Request.Bundle.Flow, task.Step, Decision.Approve);
        return says.Count == 0 ? Words.Text("decide.approval.explains") : Named(isCertain ? "decide.approval.explains.next" : "decide.approval.explains.perhaps", says);
    }

    /// <summary>Whether a reviewer's answer is the decision: nobody of the clearing house is asked after it.</summary>
    public static bool IsLastWord(TaskContent content) => content.Task.Kind == TaskKind.Review
        && new[] { Decision.Approve, Decision.Reject }.All(port => FlowWays.FurtherSays(content.Request.Bundle.Flow, content.Task.Step, port).Says.Count == 0);

    /// <summary>What a confirmation was, for the record: the last one decided.</summary>
    public static LocalText Recorded(LoadedRequest request, string step)
    {
        var says = FlowWays.FurtherSays(request.Bundle.Flow, step, Decision.Approve).Says;
        return says.Count == 0 ? Words.Text("timeline.approval.confirmed") : Named("timeline.approval.confirmed.next", says);
    }

    /// <summary>Whether a confirmation there can leave the request undecided.</summary>
    public static bool MayFollow(TaskContent content) =>
        content.Task.Kind == TaskKind.Approval && (content.Task.Quorum > 1 || FlowWays.FurtherSays(content.Request.Bundle.Flow, content.Task.Step, Decision.Approve).Says.Count > 0);

    /// <summary>Where the clearing house has its next say of a request, for an address (<see cref="At"/>); null where it has none.</summary>
    public static string? PlaceOf(LoadedRequest request) =>
        request.Waiting.Select(w => FlowWays.SayAt(request.Bundle.Flow, w.Step.Id)).OfType<FurtherSay>().FirstOrDefault() is { } say ? $"{request.Bundle.Hash}.{say.Step.Id}" : null;

    /// <summary>What the step at that place is called; null where there is no such place.</summary>
    public static LocalText? At(Workflows.EServices.Catalogue catalogue, string place)
    {
        var parts = place.Split('.', 2);
        return parts.Length == 2 && catalogue.ByHash(parts[0]) is { } bundle && FlowWays.SayAt(bundle.Flow, parts[1]) is { } say ? Name(say) : null;
    }

    private static LocalText Named(string key, IReadOnlyList<FurtherSay> says) =>
        PortalCalls.Texts(l => Words.Of(key, l, ("step", string.Join(l == "en" ? " or " : "或", says.Select(s => Name(s).In(l)).Distinct()))));

    private static LocalText Name(FurtherSay say)
    {
        var name = TaskRows.Title(say.Step.Title, say.Work);
        return PortalCalls.Texts(l => l == "en" ? $"'{name.In(l)}'" : $"「{name.In(l)}」");
    }
}
