namespace ClientConnect.Workflows.Flow;

/// <summary>Why a definition can't be read, for machines: the words may change, these stay. A broken house rule goes by the rule's name instead.</summary>
public static class FaultCodes
{
    /// <summary>No JSON, no Unicode, or no flowchart.</summary>
    public const string NoDefinition = "no-definition";

    /// <summary>More characters, steps, ports or nested forks than are read.</summary>
    public const string TooLarge = "too-large";

    public const string UnknownStep = "unknown-step";

    /// <summary>Saved by another Elsa, or a step of another version, than is run here.</summary>
    public const string UnknownVersion = "unknown-version";

    public const string DuplicateId = "duplicate-id";

    /// <summary>An input is missing, misspelt, or not what the step takes.</summary>
    public const string Input = "input";

    /// <summary>An expression does not parse, or lies outside of the allowed subset.</summary>
    public const string Expression = "expression";

    /// <summary>An expression names what is not there: a fact, a field, a variable.</summary>
    public const string UnknownName = "unknown-name";

    public const string Variable = "variable";

    /// <summary>Where the flow begins is not certain.</summary>
    public const string Beginning = "beginning";

    /// <summary>A connection of no step, of no port, or one too many.</summary>
    public const string Connection = "connection";

    /// <summary>A way out that must be drawn is not: a deadline's port, a fork's branch.</summary>
    public const string MissingPort = "missing-port";

    /// <summary>Branches that do not open and close as they must, or that Studio can't draw.</summary>
    public const string Fork = "fork";

    /// <summary>A join that can never be satisfied.</summary>
    public const string Join = "join";

    /// <summary>A round that nothing ever holds up.</summary>
    public const string EndlessRound = "endless-round";

    /// <summary>A round that Elsa's engine would not go as it is drawn.</summary>
    public const string Round = "round";
}
