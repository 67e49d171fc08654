using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// The closed record of all that a flow, a deadline's anchor or a notice may know of a request. Times are Hong Kong's, as ISO
/// text; dates compare as text.
/// </summary>
public static class RequestFacts
{
    public static JsonObject Of(LoadedRequest request, DateTimeOffset now)
    {
        var local = now.ToHongKong();
        var facts = new JsonObject
        {
            ["now"] = local.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            ["today"] = local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["timeOfDay"] = local.ToString("HH:mm", CultureInfo.InvariantCulture),
            ["request"] = new JsonObject { ["number"] = request.Number, ["revision"] = request.Revision, ["isLate"] = request.IsLate },
            ["header"] = Header(request),
            ["membership"] = Membership(request.Membership),
            ["answers"] = request.CurrentAnswers.DeepClone(),
            ["lines"] = Lines(request),
            ["milestones"] = Milestones.Facts(request.Milestones),
            ["parts"] = request.Parts.ToJson(),
            ["deadlines"] = request.Plan?.DeepClone() ?? new JsonObject(),
            ["register"] = Register(request),
            ["settings"] = request.Bundle.Service.SettingValues(),
        };
        foreach (var (name, value) in request.Facts) facts[name] = value?.DeepClone();
        return facts;
    }

    public static JsonObject Membership(HeldMembership membership) => new()
    {
        ["participantId"] = membership.ParticipantId,
        ["clearingHouse"] = membership.ClearingHouse.ToString().ToUpperInvariant(),
        ["kind"] = membership.Kind,
        ["isChinaConnect"] = membership.IsChinaConnect,
    };

    /// <summary>As <see cref="LineFacts"/> has them, with the outcomes decided so far.</summary>
    public static JsonObject Lines(LoadedRequest request) => LineFacts.Of(request.Bundle.Form, request.CurrentAnswers, Outcomes.Read(request.Outcomes), request.Milestones);

    private static JsonObject Header(LoadedRequest request) => new()
    {
        ["firm"] = request.FirmName.En,
        ["participantId"] = request.Membership.ParticipantId,
    };

    private static JsonObject Register(LoadedRequest request)
    {
        var byName = new JsonObject();
        foreach (var shown in request.Bundle.Service.Register)
        {
            var entries = new JsonObject();
            foreach (var value in request.Register.Where(v => v.Kind == shown.Kind))
            {
                entries[value.Key] = value.Values.DeepClone();
            }

            byName[shown.Name] = entries;
        }

        return byName;
    }
}
