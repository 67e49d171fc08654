namespace ClientConnect.Workflows.Flow.Steps;

/// <summary>What a step does with a token. Compiled once from the drawing, shared by all runs.</summary>
/// <param name="Ports">The ports that a token may leave by.</param>
internal abstract record Behaviour(IReadOnlyList<string> Ports);

/// <summary>The token goes on at once.</summary>
internal abstract record Instant(IReadOnlyList<string> Ports) : Behaviour(Ports)
{
    /// <summary>Asks for what the step wants done and says by which port the token leaves; null where the visit was stopped by a fault.</summary>
    public abstract string? Leave(Visit visit);
}

/// <summary>The token rests until somebody answers or a moment comes.</summary>
/// <param name="Deadline">The deadline that lets the token leave by <c>deadline passed</c>; null where it has none.</param>
internal abstract record Waiting(IReadOnlyList<string> Ports, string? Deadline) : Behaviour(Ports)
{
    public static readonly string LostTheRace = "lost the race";
    public static readonly string RunFinished = "finished";

    public abstract void Enter(Visit visit);

    /// <param name="outcome">The port, or why the work vanished.</param>
    public abstract void Leave(Visit visit, string outcome, bool answered);
}

/// <summary>One token becomes one for each branch that is drawn.</summary>
internal sealed record Fork(IReadOnlyList<string> Ports) : Behaviour(Ports);

/// <summary>The branches of a fork become one token again: when the first arrives (Elsa's <c>WaitAny</c>), or when none can arrive any more (<c>WaitAllActive</c>).</summary>
internal sealed record Join(bool Any) : Behaviour([Flow.Ports.Done]);

/// <summary>The run is over, with all that waits beside it.</summary>
/// <param name="Everywhere">Elsa's <c>Finish</c>; an <c>End</c> only closes the chart and may not stand inside a fork.</param>
internal sealed record Ending(bool Everywhere) : Behaviour([]);

/// <summary>The analyst says that a run must not get here.</summary>
internal sealed record Broken(Input? Code, Input? Message) : Behaviour([])
{
    public string Words(Visit visit) => $"The flow stops here by design: {visit.Text(Message) ?? "no message was given"} (code {visit.Text(Code) ?? "0"}).";
}

/// <summary>What a step that is at fault does is not known; it is never run.</summary>
/// <param name="Ports">Those that its kind always has.</param>
internal sealed record Unread(IReadOnlyList<string> Ports) : Behaviour(Ports);
