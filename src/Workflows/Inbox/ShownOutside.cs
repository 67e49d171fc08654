using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>
/// A request as a counterparty reads it while it is asked: the answers that the form shows it, and nothing else. Once the task is closed
/// it reads nothing of it any more, since a correction may have made it another's.
/// </summary>
internal static class ShownOutside
{
    /// <summary>What is to be read and decided on at this task: for a counterparty's answer what is shown, else the whole request.</summary>
    public static LoadedRequest At(LoadedRequest request, LoadedTask task) => task.Kind == TaskKind.Answer ? Of(request, task.IsOpen ? MilestoneReports.FormOf(request, task.Step) : null) : request;

    private static LoadedRequest Of(LoadedRequest request, MilestoneForm? form) => request with
    {
        Answers = form is null ? [] : Answers(request, form),
        Draft = null,
        Left = null,
        Outcomes = null,
        Proposal = null,
        Remarks = null,
        Milestones = null,
        Plan = null,
        Parts = Requests.Parts.None,
        Register = [],
        RegisterRefs = [],
        TouchRefs = [],
        Files = [],
        FileRefs = [],
        IsLate = false,
    };

    private static JsonObject Answers(LoadedRequest request, MilestoneForm form)
    {
        var shown = Only(request.Answers, form.ShownAnswers);
        if (request.Bundle.Form.Showing(request.Answers).Lines is { } lines && request.Answers[lines.Name] is JsonArray asked && (form.ShownColumns.Count > 0 || form.Lines.Count > 0))
        {
            shown[lines.Name] = new JsonArray([.. asked.Select(l => (JsonNode)Only(l as JsonObject ?? [], form.ShownColumns))]);
        }

        return shown;
    }

    private static JsonObject Only(JsonObject values, IReadOnlySet<string> names) =>
        new(values.Where(v => names.Contains(v.Key)).Select(v => KeyValuePair.Create(v.Key, v.Value?.DeepClone())));
}
