using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Flow.Steps;

namespace ClientConnect.Workflows.Flow.Reading;

/// <summary>One activity of the chart as a step that runs.</summary>
internal sealed partial class StepReader(string id, JsonObject activity, Drawing drawing, Faults faults)
{
    /// <summary>Ways out of one step.</summary>
    private const int MaxPorts = 100;
    private readonly string title = TitleOf(activity, id);
    private readonly InputReader inputs = new(id, TitleOf(activity, id), drawing, faults);
    private readonly Dictionary<string, Input?> read = new(StringComparer.Ordinal);

    /// <summary>Stands where a faulty step was: what leads to it and from it is known, not what it does.</summary>
    public static Step StandIn(JsonNode? activity, string id)
    {
        var type = FlowVocabulary.Find(Elsa.Text(activity, "type") ?? "");
        var drawn = new FlowStep(id, type?.Name ?? "", TitleOf(activity, id), new Dictionary<string, string>());
        return new(-1, drawn, type ?? FlowVocabulary.Find("Elsa.Start")!, new Unread(type?.Ports ?? []), new HashSet<string>(), []);
    }

    /// <summary>Null where something is wrong with it; the faults say what.</summary>
    public Step? Read(int index)
    {
        var name = Elsa.Text(activity, "type");
        if (FlowVocabulary.Find(name ?? "") is not { } type)
        {
            Add(FaultCodes.UnknownStep, $"'{title}' is of type {name ?? "unknown"}, which this flow can't run. {FlowVocabulary.InsteadOf(name ?? "")}");
            return null;
        }

        var before = faults.Found.Count;
        CheckVersion();
        CheckOptions();
        ReadInputs(type);
        if (faults.Found.Count > before || Behave(type) is not { } behaviour || faults.Found.Count > before)
        {
            return null;
        }

        var drawn = new FlowStep(id, type.Name, title, Words(type));
        return new(index, drawn, type, behaviour, inputs.WorkflowInputs, inputs.Expressions);
    }

    /// <summary>What the analyst called it; its kind where only Studio named it, its id where nobody did.</summary>
    public static string TitleOf(JsonNode? activity, string id)
    {
        if (Elsa.Text(Elsa.Member(activity, "metadata"), "displayText") is { Length: > 0 } shown) return shown;
        var type = Elsa.Text(activity, "type") ?? "";
        return Elsa.Text(activity, "name") is { Length: > 0 } name ? (PaletteWords.IsMadeUp(name, type) && name != id ? PaletteWords.Step(type) : name) : id;
    }

    private void CheckVersion()
    {
        if (Elsa.Member(activity, "version") is { } version && Conversion.Whole(version) != 1)
        {
            Add(FaultCodes.UnknownVersion, $"'{title}' is version {version.ToJsonString()} of {Elsa.Text(activity, "type")}; version 1 is run here. Draw it again from the palette.");
        }
    }

    private void CheckOptions()
    {
        var options = Elsa.Member(activity, "customProperties");
        if (Elsa.IsTrue(options, "runAsynchronously") || Elsa.IsTrue(activity, "runAsynchronously"))
        {
            Add(FaultCodes.Input, $"'{title}' is set to run asynchronously; a step runs within its click. Switch it off, and use 'Call another system' for slow work.");
        }

        if (Elsa.Text(options, "mergeMode") is { } mode and not "None")
        {
            Add(FaultCodes.Input, $"'{title}' has the merge mode {mode}, which Elsa's default engine ignores. Set it to None and use a Join.");
        }
    }

    private void ReadInputs(StepType type)
    {
        foreach (var input in type.Inputs)
        {
            var before = faults.Found.Count;
            inputs.SeesLine = type.Name == "ClientConnect.ApplyToRegister" && input.Name is "key" or "change" && Fixed("each") != "request";
            var value = inputs.Read(input.Name, Elsa.Member(activity, input.Name));
            if (input.Fixed && value is not (null or Written))
            {
                Wrong($"{PaletteWords.Input(input.Name)} is worked out at run time, so it can't be checked. Write it out as Literal or Object");
            }
            else if (input.Required && IsEmpty(input, value) && faults.Found.Count == before)
            {
                Wrong($"{PaletteWords.Input(input.Name)} is empty. Fill it in");
            }

            read[input.Name] = value;
        }

        // A misspelt input would be left out without a word.
        foreach (var (name, value) in activity)
        {
            if (value is JsonObject given && given.ContainsKey("expression") && !type.Inputs.Any(i => string.Equals(i.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                Wrong($"there is no input '{name}'; this step has {(type.Inputs.Count == 0 ? "none" : string.Join(", ", type.Inputs.Select(i => i.Name)))}");
            }
        }
    }

    private static bool IsEmpty(StepInput input, Input? value) => value is null || (input.Fixed && value is Written { Content: JsonValue text } && Conversion.Text(text) is "");

    private Dictionary<string, string> Words(StepType type) =>
        type.Inputs.Where(i => read[i.Name] is not null).ToDictionary(i => i.Name, i => read[i.Name]!.Words, StringComparer.Ordinal);

    private Behaviour? Behave(StepType type) => type.Name switch
    {
        "ClientConnect.ParticipantCheck" => People(TaskKind.Check, type),
        "ClientConnect.ClearingHouseReview" => People(TaskKind.Review, type),
        "ClientConnect.ClearingHouseApproval" => People(TaskKind.Approval, type),
        "ClientConnect.AwaitCorrection" => People(TaskKind.Correction, type),
        "ClientConnect.AwaitAnswer" => Fixed("milestone") is { } answered && Fixed("participant") is { } asked && People(TaskKind.Answer, type) is { } others ? others with { Milestone = answered, Participant = asked } : null,
        "ClientConnect.AwaitMilestone" => Fixed("milestone") is { } milestone && People(TaskKind.Milestone, type) is { } people ? people with { Milestone = milestone } : null,
        "ClientConnect.WaitUntil" => Fixed("until") is { } until ? new Pause(until, Alarms(until)) : null,
        "ClientConnect.Enrol" => Enrolling(),
        "ClientConnect.AwaitPlaces" => new PlaceWait(Fixed("deadline")),
        "ClientConnect.SetStatus" => Fixed("status") is { } status ? Status(status) : null,
        "ClientConnect.TellThem" => Fixed("template") is { } template && Recipients(Content("to"), "to") is { } to ? new Telling(template, to) : null,
        "ClientConnect.ApplyToRegister" => Register(),
        "ClientConnect.FollowUp" => Fixed("milestone") is { } reported && Fixed("items") is { } items ? new BesideWork(reported, items, read["team"]) : null,
        "ClientConnect.CallOut" => read["address"] is { } address ? new OutsideCall(address, Values()) : null,
        "Elsa.FlowDecision" => read["condition"] is { } condition ? new Decision(condition) : null,
        "Elsa.FlowSwitch" => Switch(),
        "Elsa.FlowFork" => Fork(),
        "Elsa.FlowJoin" => Join(),
        "Elsa.SetVariable" => Assignment(),
        "Elsa.Finish" => new Ending(Everywhere: true),
        "Elsa.End" => new Ending(Everywhere: false),
        "Elsa.Fault" => new Broken(read["code"], read["message"]),
        _ => new Passage(),
    };

    private Switch? Switch()
    {
        if (Fixed("mode") is { } mode and not ("MatchFirst" or "0"))
        {
            return Wrong<Switch>($"the mode {mode} could open several branches. Use MatchFirst, or a Fork with a decision in each branch");
        }

        var list = Elsa.List(Elsa.Member(activity, "cases"));
        if (list.Count > MaxPorts)
        {
            return Wrong<Switch>($"it has {list.Count} cases; {MaxPorts} are the most. Part them by a switch before it", FaultCodes.TooLarge);
        }

        var cases = new List<Case>();
        foreach (var drawn in list)
        {
            var label = Elsa.Text(drawn, "label");
            if (label is null or "Default" || cases.Exists(c => c.Label == label))
            {
                Wrong($"the case '{label}' needs a name of its own, other than Default");
            }
            else if (inputs.ReadExpression($"case '{label}'", Elsa.Member(drawn, "condition")) is { } condition)
            {
                cases.Add(new(label, condition));
            }
            else
            {
                Wrong($"the case '{label}' has no condition");
            }
        }

        return new(cases);
    }

    private Fork? Fork()
    {
        if (read["branches"] is null)
        {
            return new([Ports.Done]);
        }

        var list = Content("branches");
        if (list is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>().StartsWith('['))
        {
            list = Parsed(text.GetValue<string>());
        }

        var names = list is JsonArray array ? array.Select(n => Conversion.Text(n) ?? "").ToList() : [];
        return names.Count is > 0 and <= MaxPorts && names.TrueForAll(n => n.Length > 0) && names.Distinct(StringComparer.Ordinal).Count() == names.Count
            ? new(names)
            : Wrong<Fork>($"its branches must be an Object expression that lists each name once, at most {MaxPorts}, such as [\"A\",\"B\"]: only then can Studio draw its ports", FaultCodes.Fork);
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return Elsa.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Join? Join() => Fixed("mode") switch
    {
        "WaitAllActive" or "1" => new(Any: false),
        null or "WaitAny" or "2" => new(Any: true),
        "WaitAll" or "0" => Wrong<Join>("the mode WaitAll ends a run without a word where one connection is not followed. Use WaitAllActive", FaultCodes.Join),
        var other => Wrong<Join>($"there is no mode '{other}'. Use WaitAllActive or WaitAny", FaultCodes.Join),
    };

    private Assignment? Assignment()
    {
        var variable = Elsa.Member(activity, "variable");
        return Elsa.Text(variable, "id") is { } name && drawing.VariableNames.TryGetValue(name, out var known)
            ? new(known, read["value"])
            : Wrong<Assignment>($"it sets the variable '{Elsa.Text(variable, "name") ?? Elsa.Text(variable, "id")}', which is not declared; Elsa finds a variable by its id");
    }

    /// <summary>An input that is written out, as text; null where it is not given.</summary>
    private string? Fixed(string name) => Conversion.Text(Content(name)) is { Length: > 0 } text ? text : null;

    private JsonNode? Content(string name) => (read.GetValueOrDefault(name) as Written)?.Content;

    private void Add(string code, string message) => faults.Add(code, id, title, message);

    private void Wrong(string what, string code = FaultCodes.Input) => Add(code, $"'{title}': {what}.");

    private T? Wrong<T>(string what, string code = FaultCodes.Input)
        where T : class
    {
        Wrong(what, code);
        return null;
    }
}
