using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// A register entry may give the firm its name, as the entry's kind says (<see cref="RegisterKind.FirmName"/>): then the portal calls it so
/// from the same transaction on, and the request's record says what it was called before.
/// </summary>
internal static class FirmNames
{
    /// <summary>The change, with the firm called by its new name where its effects give it one.</summary>
    public static RequestChange With(LoadedRequest before, RequestChange change)
    {
        if (change.What is not { } what || Given(change.After, change.Effects) is not { } given) return change;
        var called = new LocalText(given["en"] ?? before.FirmName.En, given["zh-Hant"] ?? before.FirmName.ZhHant, given["zh-Hans"] ?? before.FirmName.ZhHans);
        if (called == before.FirmName) return change;
        return change with
        {
            After = change.After with { FirmName = called },
            What = what with { FirmName = new JsonObject { ["from"] = Json(before.FirmName), ["to"] = Json(called) } },
        };
    }

    /// <summary>Writes it, where there is one.</summary>
    public static void Add(ClickBatch batch, LoadedRequest request, ApplyToRegister apply)
    {
        if (Given(request, [apply]) is { } name) NameFirm.Add(batch, request.Firm, name);
    }

    private static Dictionary<string, string?>? Given(LoadedRequest request, IEnumerable<Effect> effects) =>
        (from apply in effects.OfType<ApplyToRegister>()
         let names = request.Bundle.Service.Kinds.GetValueOrDefault(apply.Kind)?.FirmName
         where names is not null
         from entry in apply.Changes
         where entry.Deed != RegisterDeed.End
         select LocalText.Languages.ToDictionary(l => l, l => names.TryGetValue(l, out var value) && (entry.Values[value] as JsonValue)?.ToString() is { Length: > 0 } said ? said : null)).LastOrDefault();

    private static JsonObject Json(LocalText name) => new() { ["en"] = name.En, ["zh-Hant"] = name.ZhHant, ["zh-Hans"] = name.ZhHans };
}
