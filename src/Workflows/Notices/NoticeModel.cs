using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// What a template may say, as of the commit: which request, where it stands, its deadline, how many lines. No answers, no
/// quantities, no words of people: mails travel in the clear. Of a returned or rejected line its number and the reason that was chosen.
/// </summary>
internal static class NoticeModel
{
    /// <summary>Those of the participant that a request's flow has asked who may answer.</summary>
    public const string Counterparty = "counterparty";

    /// <summary>One notice for the request's own side and the clearing house, one for whom it asks: these read of their task, and where the request stands is nothing to them.</summary>
    public static IEnumerable<QueueNotice> BySide(QueueNotice notice) => !notice.To.Contains(Counterparty) ? [notice]
        : new[] { notice with { To = [.. notice.To.Where(t => t != Counterparty)] }, notice with { To = [Counterparty] } }.Where(n => n.To.Count > 0);

    /// <param name="portal">Where the portal is reached, without a slash at the end.</param>
    public static JsonObject Of(EffectContext context, QueueNotice notice, string portal)
    {
        var request = context.Request;
        if (notice.To is [Counterparty] && Requests.Counterparty.Of(request) is { } asked) return OfTask(asked, context, notice, portal);
        return new JsonObject
        {
            ["request"] = new JsonObject
            {
                ["number"] = request.Number,
                ["eService"] = Words(request.Bundle.Service.Name),
                ["status"] = Words(request.Status.Words()),
                ["statusCode"] = request.Status.Code(),
                ["url"] = $"{portal}/requests/{request.Id}",
            },
            ["firm"] = new JsonObject { ["name"] = request.FirmName.En, ["participantId"] = request.Membership.ParticipantId },
            ["deadline"] = Deadline(context, notice),
            ["step"] = Step(context, notice),
            ["lines"] = Lines(request),
            ["activity"] = (request.Facts.GetValueOrDefault("places") as JsonObject)?.FirstOrDefault().Value?["activity"]?.DeepClone(),
            ["portal"] = new JsonObject { ["url"] = portal },
        };
    }

    private static JsonObject OfTask(Counterparty asked, EffectContext context, QueueNotice notice, string portal)
    {
        var request = context.Request;
        return new JsonObject
        {
            ["request"] = new JsonObject { ["number"] = request.Number, ["eService"] = Words(request.Bundle.Service.Name), ["url"] = asked.Task is { } task ? $"{portal}/tasks/{task}" : portal },
            ["task"] = asked.Task?.ToString(),
            ["counterparty"] = asked.ParticipantId,
            ["firm"] = new JsonObject { ["name"] = request.FirmName.En, ["participantId"] = request.Membership.ParticipantId },
            ["deadline"] = Deadline(context, notice),
            ["step"] = Step(context, notice),
            // What was decided of each is between the participant and the clearing house; mails that speak of it to others say nothing of it here.
            ["lines"] = new JsonObject { ["asked"] = Outcomes.LineCount(request), ["standing"] = 0, ["waiting"] = 0 },
            ["portal"] = new JsonObject { ["url"] = portal },
        };
    }

    private static JsonObject? Deadline(EffectContext context, QueueNotice notice)
    {
        var waits = context.Request.Waiting.Select(w => w.Step).ToList();
        var name = notice.Deadline ?? context.Effects.OfType<ArmDeadline>().FirstOrDefault(a => a.Step == notice.Step && a.Visit == notice.Visit)?.Deadline
            ?? waits.FirstOrDefault(w => w.Id == notice.Step)?.Inputs.GetValueOrDefault("deadline")
            ?? waits.Select(w => w.Inputs.GetValueOrDefault("deadline")).FirstOrDefault(d => !string.IsNullOrEmpty(d))
            ?? context.Effects.OfType<ArmDeadline>().FirstOrDefault()?.Deadline;
        return name is not null && context.Plan[name] is { } planned
            ? new JsonObject { ["name"] = Words(planned.Label), ["at"] = Moment(planned.DueAt), ["lateAt"] = planned.LateAt is { } late ? Moment(late) : null, ["from"] = notice.MovedFrom is { } from ? Moment(from) : null }
            : null;
    }

    // What waits to be done: the asking step itself where it waits, else what this click opens, else what goes on waiting.
    private static JsonObject? Step(EffectContext context, QueueNotice notice)
    {
        var waits = context.Request.Waiting.Select(w => w.Step).ToList();
        var title = waits.FirstOrDefault(s => s.Id == notice.Step)?.Title
            ?? context.Effects.OfType<OpenTask>().FirstOrDefault()?.Title
            ?? waits.FirstOrDefault()?.Title;
        return title is null ? null : new JsonObject { ["title"] = title };
    }

    private static JsonObject Lines(LoadedRequest request)
    {
        var form = request.Form;
        var lines = form.Lines is { } field ? request.CurrentAnswers[field.Name] as JsonArray : null;
        var decisions = Outcomes.Read(request.Outcomes).Where(d => d.Line <= lines?.Count).DistinctBy(d => d.Line).ToList();
        var inEffect = Outcomes.InEffect(request).Count;
        int Count(string outcome) => decisions.Count(d => d.Outcome == outcome);
        LocalText? Chosen(LineDecision decision) => form.Decision?.Reasons.FirstOrDefault(r => r.Value == decision.Reason)?.Label;
        return new JsonObject
        {
            ["asked"] = lines?.Count ?? 0,
            ["approved"] = Count(LineOutcomes.Approve),
            ["granted"] = new JsonArray([.. decisions.Where(d => d.Outcome == LineOutcomes.Approve).Select(d => (JsonNode)d.Line)]),
            ["rejected"] = Count(LineOutcomes.Reject),
            ["returned"] = Count(LineOutcomes.Return),
            ["standing"] = inEffect,
            ["waiting"] = Outcomes.Standing(request).Count - inEffect,
            ["back"] = new JsonArray([.. decisions.Where(d => d.Outcome == LineOutcomes.Return).Select(d => (JsonNode)Reasoned(d, Chosen(d)))]),
            // What has no reason of the list says nothing here: the same line without words, as often as there are lines, helps nobody.
            ["rejections"] = new JsonArray([.. decisions.Where(d => d.Outcome == LineOutcomes.Reject && Chosen(d) is not null).Select(d => (JsonNode)Reasoned(d, Chosen(d)))]),
            ["inPart"] = decisions.Count(d => LineFacts.IsInPart(form, d, lines![d.Line - 1] as JsonObject)),
        };
    }

    private static JsonObject Reasoned(LineDecision decision, LocalText? reason) => new JsonObject { ["number"] = decision.Line, ["reason"] = reason is null ? null : Words(reason) };

    private static JsonObject Words(LocalText text) =>
        new(LocalText.Languages.Select(l => KeyValuePair.Create(l, (JsonNode?)text.In(l))));

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
