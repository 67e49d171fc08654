namespace ClientConnect.Workflows.EServices;

/// <summary>One thing that happens, or that must be so.</summary>
public sealed class ScenarioStep
{
    private static readonly string[] Deeds = ["draft", "attach", "answer", "submit", "correct", "check", "claim", "decide", "report", "withdraw", "sweep"];
    private static readonly string[] Answers = ["approve", "return", "reject"];

    /// <summary>The business clock moves to this moment first; empty where it stays.</summary>
    public string At { get; set; } = "";

    /// <summary>Sign-in of who acts; empty where nobody does.</summary>
    public string By { get; set; } = "";

    public string Does { get; set; } = "";

    /// <summary>Which request the step is about, where a story has several: by the name that the step has which drafts it. Empty for the one that the step before was about.</summary>
    public string Request { get; set; } = "";

    /// <summary>The answer to a task; empty for other deeds.</summary>
    public string Answer { get; set; } = "";

    public string Remarks { get; set; } = "";

    /// <summary>What is followed up, by the value of its option, for who claims or reports one of several; empty for other tasks.</summary>
    public string Item { get; set; } = "";

    /// <summary>
    /// Answers over the sample's, by field or path (<c>lines[0].exemptQty</c>); for corrections what changes; for a milestone what is reported once; for a file, by its
    /// field, the <c>name</c> and <c>text</c> of it.
    /// </summary>
    public Dictionary<string, object?> With { get; set; } = [];

    /// <summary>What is decided per line; lines that are not named are approved as asked. For a milestone what is reported per line.</summary>
    public List<Dictionary<string, object?>> Lines { get; set; } = [];

    public ScenarioExpectation? Expect { get; set; }

    internal IEnumerable<string> Wrong()
    {
        if (At.Length > 0 && !Scenario.IsMoment(At))
        {
            yield return $"\"{At}\" is no moment like 2026-11-23 10:00.";
        }

        if (Does.Length > 0 && !Deeds.Contains(Does))
        {
            yield return $"Nobody can \"{Does}\".{Spelling.Hint(Does, Deeds)}";
        }

        if (Does is "check" or "decide" && !Answers.Contains(Answer))
        {
            yield return $"The answer is one of {string.Join(", ", Answers)}.";
        }

        if (Answer is "return" or "reject" && Remarks.Length == 0)
        {
            yield return $"To {Answer}, somebody must say why (remarks).";
        }

        if (Does.Length > 0 && Does != "sweep" && By.Length == 0)
        {
            yield return "It must say by whom.";
        }

        if (At.Length == 0 && Does.Length == 0 && Expect is null)
        {
            yield return "Nothing happens.";
        }
    }
}

/// <summary>What must be so after a step.</summary>
public sealed class ScenarioExpectation
{
    public string Status { get; set; } = "";

    /// <summary>Code of the refusal that the deed meets; empty where it is accepted.</summary>
    public string Refusal { get; set; } = "";

    /// <summary>What the refusal finds wrong, all of it: "path code".</summary>
    public List<string> Faults { get; set; } = [];

    /// <summary>The request is shown as late.</summary>
    public bool? Late { get; set; }

    /// <summary>Notices that were queued by the step: "template to recipient".</summary>
    public List<string> Notices { get; set; } = [];

    /// <summary>Register entries of a kind that are in force now.</summary>
    public Dictionary<string, int> Register { get; set; } = [];

    /// <summary>What the register holds for the maker's membership, by "kind key", or for another one, by "kind key of membership": values that the entry in force has, or the word "nothing".</summary>
    public Dictionary<string, object?> Holds { get; set; } = [];

    /// <summary>The step that waits now, as drawn.</summary>
    public string Waits { get; set; } = "";
}
