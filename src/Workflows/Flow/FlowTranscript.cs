using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Reading;

namespace ClientConnect.Workflows.Flow;

/// <summary>
/// Any definition and any row of stimuli as text that people compare: what was passed, what was asked for, what waits.
/// The format is described in tests/Workflows.Tests/Flow/Contract/README.md.
/// </summary>
public static class FlowTranscript
{
    /// <summary>Never throws: what can't be read is said in the transcript.</summary>
    public static string Of(string definitionJson, string stimuliJson)
    {
        var reading = FlowDefinition.Read(definitionJson);
        if (reading.Definition is not { } definition)
        {
            return "refused\n" + string.Concat(reading.Faults.Select(f => $"  {(f.Step.Length > 0 ? f.Step + ": " : "")}{f.Message}\n"));
        }

        try
        {
            return Of(definition, Elsa.Parse(stimuliJson));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or NotSupportedException)
        {
            return $"stimuli can't be read\n  {wrong.Message}\n";
        }
    }

    private static string Of(FlowDefinition definition, JsonNode? stimuli)
    {
        var text = new StringBuilder();
        var state = FlowState.New;
        var facts = Elsa.Member(stimuli, "facts")?.DeepClone() as JsonObject ?? [];
        foreach (var said in Elsa.List(Elsa.Member(stimuli, "stimuli") ?? stimuli))
        {
            // Facts hold from here on, member by member.
            foreach (var (name, value) in Elsa.Member(said, "facts") as JsonObject ?? [])
            {
                facts[name] = value?.DeepClone();
            }

            var stimulus = Read(said, state);
            var path = new List<string>();
            var advance = FlowInterpreter.Advance(definition, state, stimulus, new(facts), path);
            Write(text, stimulus, advance, path, state);
            state = advance.State;
        }

        return text.ToString();
    }

    /// <summary>The visit may be left out: then it is the one that waits.</summary>
    private static Stimulus Read(JsonNode? said, FlowState state)
    {
        var step = Elsa.Text(said, "step") ?? "";
        var visit = Elsa.Member(said, "visit") is JsonValue number ? number.GetValue<int>() : state.Tokens.LastOrDefault(t => t.Step == step)?.Visit ?? 1;
        return Elsa.Text(said, "stimulus") switch
        {
            "started" => new RunStarted(),
            "taskAnswered" => new TaskAnswered(step, visit, Elsa.Text(said, "port") ?? Ports.Done, Elsa.Member(said, "answer")?.DeepClone() as JsonObject),
            "deadlinePassed" => new DeadlinePassed(Elsa.Text(said, "deadline") ?? ""),
            "waitIsOver" => new WaitIsOver(step, visit),
            "placesGiven" => new PlacesGiven(),
            "ended" => new RunEnded(Elsa.Text(said, "reason") ?? "withdrawn"),
            var other => throw new JsonException($"There is no stimulus '{other}': use started, taskAnswered, deadlinePassed, waitIsOver or ended."),
        };
    }

    private static void Write(StringBuilder text, Stimulus stimulus, FlowAdvance advance, List<string> path, FlowState before)
    {
        Line(text, "> " + Words(stimulus));
        if (advance.Fault is { } fault)
        {
            Line(text, $"  fault {fault.Step}: {fault.Message}");
            return;
        }

        if (advance.Ignored)
        {
            Line(text, "  ignored");
            return;
        }

        if (path.Count > 0)
        {
            Line(text, "  path " + string.Join(" ", path));
        }

        foreach (var effect in advance.Effects)
        {
            Line(text, "  " + Words(effect));
        }

        foreach (var (name, value) in advance.State.Variables)
        {
            if (!JsonNode.DeepEquals(value, before.Variables[name]) || before.Status == FlowStatus.New)
            {
                Line(text, $"  variable {name} = {Json(value)}");
            }
        }

        foreach (var wait in advance.Waits)
        {
            Line(text, $"  waits {wait.Step}#{wait.Visit} for {string.Join("|", wait.Ports)}{(wait.Deadline is null ? "" : " under " + wait.Deadline)}");
        }

        if (advance.State.IsFinished)
        {
            Line(text, "  finished");
        }
    }

    private static string Words(Stimulus stimulus) => stimulus switch
    {
        RunStarted => "started",
        TaskAnswered a => $"{a.Step}#{a.Visit} answered {a.Port}",
        DeadlinePassed d => $"deadline {d.Deadline} passed",
        WaitIsOver w => $"{w.Step}#{w.Visit} is over",
        PlacesGiven => "places given",
        RunEnded e => $"ended: {e.Reason}",
        _ => stimulus.ToString(),
    };

    private static string Words(Effect effect) => $"{effect.Step}#{effect.Visit} " + effect switch
    {
        OpenTask e => $"opens a task: {e.Kind} '{e.Title}'{(e.Team is null ? "" : $", team {e.Team}")}{(e.Quorum == 1 ? "" : $", quorum {e.Quorum}")}{(e.Deadline is null ? "" : $", deadline {e.Deadline}")}{(e.Participant is null ? "" : $", of the participant in {e.Participant}")}",
        CloseTask e => $"closes its task: {e.Outcome}",
        ArmDeadline e => $"arms {e.Deadline}: {e.Kind}{(e.Before == TimeSpan.Zero ? "" : $" {e.Before.ToString("c", CultureInfo.InvariantCulture)} before")}{(e.Template is null ? "" : $", tells {string.Join(", ", e.To)} by {e.Template}")}",
        ClearDeadline e => $"clears {e.Deadline}",
        QueueNotice e => $"tells {string.Join(", ", e.To)} by {e.Template}",
        SetStatus e => $"sets the status {e.Status}",
        ApplyToRegister e => $"applies {e.Kind} from {e.EffectiveOn ?? "now"}: {string.Join("; ", e.Changes.Select(c => $"{(c.Line is null ? "" : $"line {c.Line} ")}{(c.Deed == RegisterDeed.Replace ? "" : $"{FlowVocabulary.RegisterDeeds[(int)c.Deed]} ")}{c.Key}{(c.Membership is null ? "" : $" of {c.Membership}")} {Json(c.Values)}"))}",
        RecordDecision e => $"records {e.Kind} {e.Port}",
        FollowUp e => $"opens follow-up tasks '{e.Title}' of {e.Answer}{(e.Team is null ? "" : $", team {e.Team}")}: {string.Join(", ", e.Items)}",
        EndFollowUp e => $"ends its follow-up tasks: {e.Outcome}",
        Enrol e => $"enrols {e.Attendees.Count} for {e.Occasion}: {(e.HasPlaces ? Ports.Enrolled : Ports.WaitingList)}",
        GiveUpPlaces => "gives up its places",
        CallOut e => $"calls {e.Address} {Json(e.Values)}",
        _ => effect.GetType().Name,
    };

    private static string Json(JsonNode? node) => Kernel.CanonicalJson.Text(node);

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
