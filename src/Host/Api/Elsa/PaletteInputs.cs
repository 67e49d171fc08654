using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>The inputs of steps with the controls that edit them: where what can be written is known, it is chosen from a list.</summary>
/// <param name="bundles">The eServices whose deadlines, mails, teams and register kinds are offered.</param>
/// <param name="shared">Kinds of register entries that all eServices share; null where this build has none.</param>
internal sealed class PaletteInputs(IReadOnlyList<EServiceBundle> bundles, IReadOnlyDictionary<string, RegisterKind>? shared, string language)
{
    private const string DropDown = "dropdown", CheckList = "checklist", OneLine = "singleline", Lines = "multiline";

    // Elsa's own names for what the vocabulary calls an Object: its engine reads these two by them.
    private static readonly Dictionary<string, string> TypeNames = new(StringComparer.Ordinal)
    {
        ["Elsa.FlowJoin.mode"] = "FlowJoinMode",
        ["Elsa.FlowSwitch.mode"] = "UnregisteredClrType:Elsa.Workflows.SwitchMode, Elsa.Workflows.Core",
    };

    public InputDescriptor Describe(StepType type, StepInput input, int order)
    {
        var (hint, specifications) = Control(type, input);
        return new InputDescriptor(
            char.ToUpperInvariant(input.Name[0]) + input.Name[1..], TypeNames.GetValueOrDefault($"{type.Name}.{input.Name}", input.TypeName),
            Words.Of("palette.input." + input.Name, language), Words.Of("palette.input-help." + input.Name, language), order, hint, specifications);
    }

    /// <summary>An input that stands in the definition without an expression.</summary>
    public InputDescriptor Plain(string name, string typeName, string hint)
    {
        var key = char.ToLowerInvariant(name[0]) + name[1..];
        return new InputDescriptor(name, typeName, Words.Of("palette.input." + key, language), Words.Of("palette.input-help." + key, language), 0, hint, [], IsWrapped: false);
    }

    private (string Hint, JsonObject Specifications) Control(StepType type, StepInput input) => input.Name switch
    {
        "deadline" or "until" => Choice(input, Deadlines()),
        "team" => Choice(input, bundles.Select(b => b.Service.Team).Distinct(StringComparer.Ordinal).Select(t => (t, t))),
        "template" => Choice(input, bundles.SelectMany(b => b.Mails.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(t => (t, t))),
        "status" => Choice(input, FlowVocabulary.Statuses.Select(s => (s, Words.Of(Words.KeyFor("status." + s, isClearingHouse: true), language)))),
        "kind" => Choice(input, bundles.SelectMany(Kinds).DistinctBy(k => k.Value)),
        "milestone" => Choice(input, bundles.SelectMany(b => b.Form.Milestones ?? []).DistinctBy(m => m.Name).Select(m => (m.Name, m.Title.In(language)))),
        "participant" => Choice(input, bundles.SelectMany(b => b.Form.Fields).Where(f => f.Type is FieldType.Text or FieldType.Choice).DistinctBy(f => f.Name).Select(f => (f.Name, f.Label.In(language)))),
        "items" => Choice(input, Choices(f => f.Options.Count > 0)),
        "memberships" => Choice(input, Choices(f => f.NamesMemberships)),
        "each" => Choice(input, [("approved", Words.Of("palette.each.approved", language)), ("request", Words.Of("palette.each.request", language))]),
        "mode" when type.Name == "Elsa.FlowJoin" => Choice(input, [("WaitAllActive", Words.Of("palette.mode.WaitAllActive", language)), ("WaitAny", Words.Of("palette.mode.WaitAny", language))]),
        "mode" => Choice(input, [("MatchFirst", Words.Of("palette.mode.MatchFirst", language))]),
        "to" => (CheckList, new JsonObject { [CheckList] = new JsonObject { ["checkList"] = new JsonObject { ["items"] = Items(FlowVocabulary.Recipients.Select(r => (r, Words.Of("palette.recipient." + r, language)))) } } }),
        "branches" => ("dynamic-outcomes", []),
        _ => (input.TypeName == "Object" && input.Name != "value" ? Lines : OneLine, []),
    };

    private static (string Hint, JsonObject Specifications) Choice(StepInput input, IEnumerable<(string Value, string Text)> offered)
    {
        var items = input.Required ? offered : offered.Prepend(("", "–"));
        return (DropDown, new JsonObject { [DropDown] = new JsonObject { ["selectList"] = new JsonObject { ["items"] = Items(items) } } });
    }

    private static JsonArray Items(IEnumerable<(string Value, string Text)> items) => new([.. items.Select(i => (JsonNode)new JsonObject { ["text"] = i.Text, ["value"] = i.Value })]);

    private IEnumerable<(string Value, string Text)> Choices(Func<FormField, bool> serves) =>
        bundles.SelectMany(b => b.Form.Fields).Where(f => f.Type == FieldType.Choices && serves(f)).DistinctBy(f => f.Name).Select(f => (f.Name, f.Label.In(language)));

    // Rules that share a name are one deadline.
    private IEnumerable<(string Value, string Text)> Deadlines() =>
        bundles.SelectMany(b => b.Service.Deadlines).DistinctBy(d => d.Name).Select(d => (d.Name, d.Label.In(language)));

    private IEnumerable<(string Value, string Text)> Kinds(EServiceBundle bundle) =>
        bundle.Service.Kinds.Concat(shared ?? new Dictionary<string, RegisterKind>()).Select(k => (k.Key, k.Value.Label.In(language)));
}
