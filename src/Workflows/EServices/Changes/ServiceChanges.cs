using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.EServices.Changes;

/// <summary>What service.json says anew: parts, exemptions, deadlines, settings, and what the eService is.</summary>
internal sealed class ServiceChanges(EServiceBundle before, EServiceBundle after)
{
    private const string File = "service.json";
    private static readonly HashSet<string> Told = ["parts", "exemptions", "deadlines", "settings"];
    private static readonly HashSet<string> Wording = ["name", "summary", "category", "help"];

    private readonly EServiceDefinition was = before.Service;
    private readonly EServiceDefinition now = after.Service;

    public IEnumerable<ReleaseChange> All() => [.. OfParts(), .. OfExemptions(), .. OfDeadlines(), .. OfSettings(), .. OfTheRest()];

    private IEnumerable<ReleaseChange> OfParts()
    {
        foreach (var (name, part, old, young) in new[]
        {
            ("check", "The participant's check", was.Parts.Check, now.Parts.Check),
            ("review", "Clearing-house review", was.Parts.Review, now.Parts.Review),
            ("approval", "Clearing-house approval", was.Parts.Approval, now.Parts.Approval),
        })
        {
            if (old != young)
            {
                yield return new(ChangeWeight.Control, File, $"parts.{name}", $"{part} is now owed by {Saying.People(young)} (before: {Saying.People(old)}).");
            }
        }
    }

    private IEnumerable<ReleaseChange> OfExemptions()
    {
        foreach (var (rule, old, young) in Saying.Paired(was.Exemptions, now.Exemptions, e => e.Rule))
        {
            var words = (old, young) switch
            {
                (null, { } e) => $"The house rule '{rule}' does not hold here any more: {e.Reason.TrimEnd('.')}. {e.Owner} answers for it.",
                ({ }, null) => $"The house rule '{rule}' holds again: the exemption was taken back.",
                ({ } o, { } y) when o != y => $"The exemption from the house rule '{rule}' now says: {y.Reason.TrimEnd('.')}. {y.Owner} answers for it.",
                _ => null,
            };
            if (words is not null)
            {
                yield return new(ChangeWeight.Control, File, $"exemptions.{rule}", words);
            }
        }
    }

    private IEnumerable<ReleaseChange> OfDeadlines()
    {
        foreach (var (name, old, young) in Saying.Paired(Numbered(was), Numbered(now), d => d.Name))
        {
            if (old is null || young is null)
            {
                var rule = (young ?? old)!.Rule;
                yield return new(ChangeWeight.Deadline, File, name, young is null ? $"The deadline {Saying.Label(rule.Label)} ({name}) was removed." : $"The deadline {Saying.Label(rule.Label)} ({name}) was added: {When(rule)}.");
                continue;
            }

            var (a, b) = (Saying.Json(old.Rule), Saying.Json(young.Rule));
            var moved = When(old.Rule) != When(young.Rule);
            if (moved)
            {
                yield return new(ChangeWeight.Deadline, File, name, $"The deadline {Saying.Label(young.Rule.Label)} ({name}) moved: it is now {When(young.Rule)} (before: {When(old.Rule)}).");
            }

            foreach (var member in Saying.Differing(a, b).Where(m => !moved || m is not ("time" or "plus" or "days" or "anchor")))
            {
                yield return new(ChangeWeight.Deadline, File, name, $"Deadline {Saying.Label(young.Rule.Label)} ({name}): {Saying.Change(Saying.Spaced(member), a[member], b[member])}.");
            }
        }
    }

    private static string When(DeadlineRule rule) =>
        $"{(rule.Plus == 0 ? "on" : $"{Math.Abs(rule.Plus)} {Kind(rule)} {(Math.Abs(rule.Plus) == 1 ? "day" : "days")} {(rule.Plus < 0 ? "before" : "after")}")} {rule.Anchor}{(rule.Plus == 0 ? $", counted in {Kind(rule)} days," : "")} at {rule.Time}";

    private static string Kind(DeadlineRule rule) => Saying.Json(rule)["days"]!.ToString();

    private static IEnumerable<NamedRule> Numbered(EServiceDefinition service) =>
        service.Deadlines.GroupBy(d => d.Name).SelectMany(g => g.Select((d, i) => new NamedRule(i == 0 ? g.Key : $"{g.Key}, rule {i + 1}", d)));

    private IEnumerable<ReleaseChange> OfSettings()
    {
        foreach (var (name, old, young) in Saying.Paired(was.Settings, now.Settings))
        {
            if (old is null || young is null)
            {
                yield return new(ChangeWeight.Setting, File, name, young is null ? $"The setting '{name}' was removed." : $"The setting '{name}' was added: {Saying.Of(young.Value)}.");
                continue;
            }

            if (!JsonNode.DeepEquals(old.Value, young.Value))
            {
                var moves = now.Deadlines.Where(d => d.Time == $"settings.{name}" || d.Late?.Time == $"settings.{name}").Select(d => Saying.Label(d.Label)).Distinct().ToList();
                yield return new(moves.Count > 0 ? ChangeWeight.Deadline : ChangeWeight.Setting, File, name,
                    $"The setting '{name}' is now {Saying.Of(young.Value)}{Saying.Before(old.Value)}{(moves.Count > 0 ? $": that moves the deadline {string.Join(" and ", moves)}" : "")}.");
            }

            var (a, b) = (Saying.Json(old), Saying.Json(young));
            foreach (var member in Saying.Differing(a, b).Where(m => m != "value"))
            {
                yield return new(ChangeWeight.Setting, File, name, $"Setting '{name}': {Saying.Change(Saying.Spaced(member), a[member], b[member])}.");
            }
        }
    }

    private IEnumerable<ReleaseChange> OfTheRest()
    {
        var (a, b) = (Saying.Json(was), Saying.Json(now));
        foreach (var member in Saying.Differing(a, b).Where(m => !Told.Contains(m)))
        {
            var weight = Wording.Contains(member) ? ChangeWeight.Wording : ChangeWeight.Setting;
            if (a[member] is JsonObject old && b[member] is JsonObject young && !old.ContainsKey("en"))
            {
                foreach (var part in Saying.Differing(old, young))
                {
                    yield return new(weight, File, $"{member}.{part}", $"The eService's {Saying.Spaced(member)}: {Saying.Change(Saying.Spaced(part), old[part], young[part])}.");
                }
            }
            else
            {
                yield return new(weight, File, member, $"The eService's {Saying.Change(Saying.Spaced(member), a[member], b[member])}.");
            }
        }
    }

    private sealed record NamedRule(string Name, DeadlineRule Rule);
}
