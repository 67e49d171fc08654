using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Expressions;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Reading;

/// <summary>The house's own steps: people, notices, the register.</summary>
internal sealed partial class StepReader
{
    private People? People(TaskKind kind, StepType type)
    {
        var deadline = Fixed("deadline");
        if (read.GetValueOrDefault("quorum") is Written quorum && Conversion.Whole(quorum.Content) is null or < 1)
        {
            return Wrong<People>($"its quorum is {quorum.Words}; it must be a whole number of one or more");
        }

        return new(kind, type.Ports, read.GetValueOrDefault("team"), read.GetValueOrDefault("quorum"), deadline, Alarms(deadline));
    }

    private List<Alarm> Alarms(string? deadline)
    {
        var alarms = new List<Alarm>();
        Add("lateNotice", DeadlineKind.CutOff, deadline);
        Add("reminders", DeadlineKind.Reminder, deadline);
        Add("warnings", DeadlineKind.Reminder, null);
        Add("escalation", DeadlineKind.Escalation, deadline);
        return alarms;

        void Add(string input, DeadlineKind kind, string? otherwise)
        {
            foreach (var drawn in Elsa.List(Content(input)))
            {
                if (Alarm(input, drawn, kind, otherwise) is { } alarm)
                {
                    alarms.Add(alarm);
                }
            }
        }
    }

    private Alarm? Alarm(string input, JsonNode? drawn, DeadlineKind kind, string? otherwise)
    {
        var before = Elsa.Text(drawn, "before") ?? "00:00";
        var deadline = Elsa.Text(drawn, "deadline") ?? otherwise;
        var template = Elsa.Text(drawn, "template");
        if (deadline is null)
        {
            return Wrong<Alarm>($"{PaletteWords.Input(input)} belongs to no deadline. Name one");
        }

        if (template is null)
        {
            return Wrong<Alarm>($"{PaletteWords.Input(input)} names no mail (template)");
        }

        return !TimeSpan.TryParse(before, CultureInfo.InvariantCulture, out var span) || span < TimeSpan.Zero
            ? Wrong<Alarm>($"'{before}' in {PaletteWords.Input(input)} is no time span such as 01:30")
            : Recipients(Elsa.Member(drawn, "to"), input) is { } to ? new(deadline, kind, span, template, to) : null;
    }

    private List<string>? Recipients(JsonNode? list, string input)
    {
        var names = list switch
        {
            JsonArray array => array.Select(n => Conversion.Text(n) ?? "").ToList(),
            JsonValue one => [.. Conversion.Text(one)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            _ => [],
        };
        return names.Count > 0 && names.TrueForAll(FlowVocabulary.Recipients.Contains)
            ? names
            : Wrong<List<string>>($"{PaletteWords.Input(input)} must list one or more of {string.Join(", ", FlowVocabulary.Recipients)}");
    }

    private StatusChange? Status(string status) => FlowVocabulary.Statuses.Contains(status)
        ? new(status)
        : Wrong<StatusChange>($"there is no status '{status}'. Use one of {string.Join(", ", FlowVocabulary.Statuses)}");

    private RegisterEntry? Register()
    {
        var each = Fixed("each") ?? "approved";
        if (each is not ("approved" or "request"))
        {
            return Wrong<RegisterEntry>($"'each' is {each}; it must be approved (one entry for each approved line) or request (one entry)");
        }

        if (read["change"] is Written { Content: var deed } && Conversion.Text(deed) is { Length: > 0 } word && !FlowVocabulary.RegisterDeeds.Contains(word))
        {
            return Wrong<RegisterEntry>($"its change is '{word}'; it must be one of {string.Join(", ", FlowVocabulary.RegisterDeeds)}, or an expression that comes to one");
        }

        inputs.SeesLine = each == "approved";
        return Fixed("kind") is { } kind && read["key"] is { } key ? new(kind, each == "approved", key, read["change"], read["effectiveOn"], Values()) { Memberships = Fixed("memberships") } : null;
    }

    private Enrolling? Enrolling()
    {
        inputs.SeesLine = true;
        return read["occasion"] is { } occasion ? new(occasion, Values("attendees")) : null;
    }

    private Values Values(string input = "values")
    {
        var members = new List<KeyValuePair<string, Expression>>();
        foreach (var (name, text) in Content(input) as JsonObject ?? [])
        {
            if (inputs.Parse($"{input}.{name}", Conversion.Text(text)) is { } expression)
            {
                members.Add(new(name, expression));
            }
        }

        return new(members);
    }
}
