using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow;

/// <summary>What an eService calls the names that its flow uses.</summary>
/// <param name="Deadline">A deadline's label; the name itself where it has none.</param>
public sealed record FlowLabels(Func<string, string> Deadline)
{
    /// <summary>Where the flow is read alone: names as they are written.</summary>
    public static readonly FlowLabels None = new(name => name);
}

/// <summary>What a step does and what stands in its inputs, as people read it.</summary>
public static class StepWords
{
    /// <summary>A step in one line: its name, what kind it is, and what it does.</summary>
    internal static string Of(Step step, FlowLabels labels) => $"{step.Title} ({Kind(step, labels)})";

    /// <summary>What stands in an input, as written, in words.</summary>
    public static string Value(string input, string written, FlowLabels labels) => input switch
    {
        "status" => $"'{PaletteWords.Status(written)}'",
        "deadline" or "until" => $"'{labels.Deadline(written)}'",
        "template" => $"'{written}'",
        "to" => To(Names(Parsed(written))),
        "participant" => $"named in '{written}'",
        "each" => written == "request" ? "the request" : "each approved line",
        "reminders" or "warnings" or "lateNotice" or "escalation" when Alarms(Parsed(written)) is { Count: > 0 } alarms => string.Join("; ", alarms.Select(a => Alarm(a, labels))),
        _ => FlowOutline.Said(written),
    };

    private static string Kind(Step step, FlowLabels labels) => step.Behaviour switch
    {
        StatusChange change => $"status: {PaletteWords.Status(change.Status)}",
        Telling telling => $"mail '{telling.Template}' to {To(telling.To)}",
        Pause pause => string.Join("; ", Alarms(pause.Reminders, pause.Until, labels).Prepend($"waits until '{labels.Deadline(pause.Until)}'")),
        Enrolling enrol => $"enrolment: for {enrol.Occasion.Words}; attendees: {string.Join(", ", enrol.Attendees.Members.Select(m => $"{m.Key} = {m.Value.Text}"))}",
        PlaceWait places => places.Deadline is null ? "waiting list" : $"waiting list: until '{labels.Deadline(places.Deadline)}'",
        People people => People(step, people, labels),
        Decision decision => $"decision: {decision.Condition.Words}",
        Switch all => $"switch: {string.Join(", ", all.Cases.Select(c => $"{c.Label} when {c.Condition.Words}"))}",
        Assignment set => $"variable: {set.Variable} = {(set.Content is null ? "nothing" : set.Content.Words)}",
        Fork => "fork: at the same time",
        Join join => $"join: {(join.Any ? "the first to arrive goes on, the others are dropped" : "waits for all that are under way")}",
        RegisterEntry entry => Register(step, entry),
        BesideWork beside => $"follow-up: a task for each of '{beside.Items}'{(beside.Team is { } team ? $"; by the team {team.Words}" : "")}; '{beside.Milestone}' is reported",
        _ => Plain(step, labels),
    };

    private static string Plain(Step step, FlowLabels labels)
    {
        var inputs = string.Join("; ", step.Drawn.Inputs.Select(i => $"{Small(PaletteWords.Input(i.Key))}: {Value(i.Key, i.Value, labels)}"));
        return inputs.Length == 0 ? step.Type.Label : $"{step.Type.Label}: {inputs}";
    }

    private static string People(Step step, People people, FlowLabels labels)
    {
        var parts = new List<string>();
        if (people.Participant is { } participant) parts.Add($"'{people.Milestone}' is asked of the participant in '{participant}'");
        else if (people.Milestone is { } milestone) parts.Add($"'{milestone}' is reported");
        if (people.Team is { } team) parts.Add($"by the team {team.Words}");
        if (people.Quorum is { } quorum && quorum.Words != "1") parts.Add($"needs {quorum.Words} people");
        if (people.Deadline is { } deadline) parts.Add($"until '{labels.Deadline(deadline)}'");
        parts.AddRange(Alarms(people.Alarms, people.Deadline, labels));
        return parts.Count == 0 ? step.Type.Label : $"{step.Type.Label}: {string.Join("; ", parts)}";
    }

    private static IEnumerable<string> Alarms(IReadOnlyList<Alarm> alarms, string? own, FlowLabels labels)
    {
        foreach (var alike in alarms.GroupBy(a => (a.Kind, a.Deadline, a.Template, To: To(a.To))))
        {
            var (kind, about, template, to) = alike.Key;
            var at = kind == DeadlineKind.CutOff ? "" : $" {When([.. alike.Select(a => a.Before)])} '{labels.Deadline(about)}'";
            yield return $"{Name(kind, about == own, alike.Count())}{at} to {to} (mail '{template}')";
        }
    }

    private static string Name(DeadlineKind kind, bool isOwn, int count) => kind switch
    {
        DeadlineKind.CutOff => "late notice",
        DeadlineKind.Escalation => "escalation",
        _ => (isOwn ? "reminder" : "warning") + (count > 1 ? "s" : ""),
    };

    private static string Register(Step step, RegisterEntry entry)
    {
        var inputs = step.Drawn.Inputs;
        var day = inputs.TryGetValue("effectiveOn", out var on) ? $"; effective on {on}" : "";
        var deed = inputs.TryGetValue("change", out var change) ? $"; what it does: {change}" : "";
        var values = inputs.TryGetValue("values", out var written) && Parsed(written) is JsonObject all ? $"; values: {string.Join(", ", all.Select(v => $"{v.Key} = {v.Value}"))}" : "";
        var memberships = entry.Memberships is null ? "" : $", for each of '{entry.Memberships}'";
        return $"register: '{entry.Kind}' for {Value("each", inputs.GetValueOrDefault("each", "approved"), FlowLabels.None)}{memberships}; key: {inputs.GetValueOrDefault("key", "")}{deed}{day}{values}";
    }

    private static string When(IReadOnlyList<TimeSpan> before) =>
        before.All(b => b == TimeSpan.Zero) ? "at" : $"{string.Join(" and ", before.Where(b => b > TimeSpan.Zero).Select(Span))} before";

    private static string Span(TimeSpan span)
    {
        (int N, string Unit)[] parts = [(span.Days, "day"), (span.Hours, "hour"), (span.Minutes, "minute"), (span.Seconds, "second")];
        return string.Join(" ", parts.Where(p => p.N > 0).Select(p => $"{p.N.ToString(CultureInfo.InvariantCulture)} {p.Unit}{(p.N == 1 ? "" : "s")}"));
    }

    /// <summary>"the maker, the checker and the contact".</summary>
    public static string To(IReadOnlyList<string> names) => names.Count == 0 ? "nobody"
        : names.Count == 1 ? $"the {names[0]}"
        : $"{string.Join(", ", names.SkipLast(1).Select(n => $"the {n}"))} and the {names[^1]}";

    private static List<JsonObject> Alarms(JsonNode? node) => node is JsonArray all && all.All(a => a is JsonObject) ? [.. all.Cast<JsonObject>()] : node is JsonObject one ? [one] : [];

    private static string Alarm(JsonObject alarm, FlowLabels labels)
    {
        var span = TimeSpan.TryParse(alarm["before"]?.ToString() ?? "00:00", CultureInfo.InvariantCulture, out var before) ? before : TimeSpan.Zero;
        var about = alarm["deadline"]?.ToString() is { } deadline ? $" '{labels.Deadline(deadline)}'" : span == TimeSpan.Zero ? " the deadline" : "";
        return $"{When([span])}{about} to {To(Names(alarm["to"]))} (mail '{alarm["template"]}')";
    }

    private static List<string> Names(JsonNode? node) => node switch
    {
        JsonArray all => [.. all.Select(n => n?.ToString() ?? "")],
        JsonValue one => [.. one.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        _ => [],
    };

    private static JsonNode? Parsed(string written)
    {
        try
        {
            return written is ['[' or '{', ..] ? JsonNode.Parse(written) : JsonValue.Create(written);
        }
        catch (JsonException)
        {
            return JsonValue.Create(written);
        }
    }

    private static string Small(string label) => char.ToLowerInvariant(label[0]) + label[1..];
}
