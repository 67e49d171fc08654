using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.EServices.Changes;

/// <summary>What form.json asks anew: fields, options, rules, sections, and what a reviewer grants.</summary>
internal sealed class FormChanges(FormDefinition was, FormDefinition now)
{
    private const string File = "form.json";
    private static readonly HashSet<string> Told = ["name", "options", "columns", "required"];
    private static readonly HashSet<string> Wording = ["label", "hint", "unit", "patternMessage", "statements"];

    public IEnumerable<ReleaseChange> All() =>
    [
        .. OfFields(was.Fields, now.Fields, ""),
        .. OfFields(was.Decision?.Fields ?? [], now.Decision?.Fields ?? [], "decision."),
        .. OfOptions("the reviewer's reasons", "decision.reasons", was.Decision?.Reasons ?? [], now.Decision?.Reasons ?? []),
        .. OfSections(),
    ];

    private static IEnumerable<ReleaseChange> OfFields(IReadOnlyList<FormField> was, IReadOnlyList<FormField> now, string prefix)
    {
        foreach (var (name, old, young) in Saying.Paired(was, now, f => f.Name))
        {
            var path = prefix + name;
            if (old is not null && young is not null)
            {
                foreach (var change in OfField(old, young, path))
                {
                    yield return change;
                }
            }
            else
            {
                yield return new(ChangeWeight.Form, File, path, young is null
                    ? $"{Named(old!, path)} is no longer asked."
                    : $"{Named(young, path)} was added: {Saying.Spaced(Saying.Json(young)["type"]!.ToString())}, {Requires(young)}.");
            }
        }

        var (order, then) = (was.Select(f => f.Name).Intersect(now.Select(f => f.Name)), now.Select(f => f.Name).Intersect(was.Select(f => f.Name)));
        if (!order.SequenceEqual(then))
        {
            yield return new(ChangeWeight.Form, File, prefix.TrimEnd('.'), $"The fields {(prefix.Length == 0 ? "of the form" : $"of {prefix.TrimEnd('.', '[', ']')}")} stand in another order: {string.Join(", ", then)}.");
        }
    }

    private static IEnumerable<ReleaseChange> OfField(FormField old, FormField young, string path)
    {
        var named = Named(young, path);
        var (a, b) = (Saying.Json(old), Saying.Json(young));
        if (!JsonNode.DeepEquals(a["required"], b["required"]))
        {
            yield return new(ChangeWeight.Form, File, path, $"{named} is now {Requires(young)} (before: {Requires(old)}).");
        }

        foreach (var change in OfOptions(named, path, old.Options, young.Options))
        {
            yield return change;
        }

        foreach (var change in OfFields(old.Columns, young.Columns, path + "[]."))
        {
            yield return change;
        }

        foreach (var member in Saying.Differing(a, b).Where(m => !Told.Contains(m)))
        {
            yield return new(Wording.Contains(member) ? ChangeWeight.Wording : ChangeWeight.Form, File, path, $"{named}: {Saying.Change(Saying.Spaced(member), a[member], b[member])}.");
        }
    }

    private static IEnumerable<ReleaseChange> OfOptions(string named, string path, IReadOnlyList<FieldOption> was, IReadOnlyList<FieldOption> now)
    {
        foreach (var (value, old, young) in Saying.Paired(was, now, o => o.Value))
        {
            if (old is null || young is null)
            {
                yield return new(ChangeWeight.Form, File, path, young is null ? $"{Capital(named)} no longer offers {Saying.Label(old!.Label)} ({value})." : $"{Capital(named)} now offers {Saying.Label(young.Label)} ({value}).");
                continue;
            }

            var (a, b) = (Saying.Json(old), Saying.Json(young));
            foreach (var member in Saying.Differing(a, b))
            {
                yield return new(member is "label" or "help" ? ChangeWeight.Wording : ChangeWeight.Form, File, path, $"{Capital(named)}, option {Saying.Label(young.Label)}: {Saying.Change(Saying.Spaced(member), a[member], b[member])}.");
            }
        }

        if (!was.Select(o => o.Value).SequenceEqual(now.Select(o => o.Value)) && was.Select(o => o.Value).ToHashSet().SetEquals(now.Select(o => o.Value)))
        {
            yield return new(ChangeWeight.Wording, File, path, $"{Capital(named)} offers its options in another order.");
        }
    }

    private IEnumerable<ReleaseChange> OfSections()
    {
        foreach (var (key, old, young) in Saying.Paired(was.Sections, now.Sections, s => s.Key))
        {
            if (old is null || young is null)
            {
                yield return new(ChangeWeight.Form, File, key, $"The section {Saying.Label((young ?? old)!.Title)} was {(young is null ? "removed" : "added")}.");
                continue;
            }

            var (a, b) = (Saying.Json(old), Saying.Json(young));
            foreach (var member in Saying.Differing(a, b).Where(m => m is not "fields"))
            {
                yield return new(ChangeWeight.Wording, File, key, $"Section {Saying.Label(young.Title)}: {Saying.Change(Saying.Spaced(member), a[member], b[member])}.");
            }

            foreach (var moved in young.Fields.Select(f => f.Name).Except(old.Fields.Select(f => f.Name)).Intersect(was.Fields.Select(f => f.Name)))
            {
                yield return new(ChangeWeight.Wording, File, moved, $"The field '{moved}' now stands in the section {Saying.Label(young.Title)}.");
            }
        }
    }

    private static string Requires(FormField field) =>
        field.IsComputed ? "worked out" : field.Required.Text is { } text ? $"required when {text}" : field.Required.ToString() == "true" ? "required" : "optional";

    private static string Named(FormField field, string path) => $"The field {Saying.Label(field.Label)} ({path})";

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
