namespace ClientConnect.Workflows.Flow.Steps;

/// <summary>A step in the compiled graph.</summary>
internal sealed class Step(int index, FlowStep drawn, StepType type, Behaviour behaviour, IReadOnlySet<string> workflowInputs, IReadOnlyList<FlowExpression> expressions)
{
    public int Index => index;

    public string Id => drawn.Id;

    public string Title => drawn.Title;

    public FlowStep Drawn => drawn;

    public StepType Type => type;

    public Behaviour Behaviour => behaviour;

    /// <summary>Names of the workflow inputs that its expressions read.</summary>
    public IReadOnlySet<string> WorkflowInputs => workflowInputs;

    /// <summary>All expressions that stand in it.</summary>
    public IReadOnlyList<FlowExpression> Expressions => expressions;

    /// <summary>Connections that leave the step, in the order in which they were drawn: Elsa begins branches in that order.</summary>
    public List<Exit> Exits { get; } = [];

    /// <summary>The join that closes this fork; null for all other steps.</summary>
    public Step? ClosedBy { get; set; }

    /// <summary>The innermost fork around the step and the branch of it; null outside of all, and for what no token reaches.</summary>
    public Branch? Within { get; set; }

    /// <summary>Ports of an answer, without <c>deadline passed</c>.</summary>
    public IReadOnlyList<string> Answers { get; } = [.. behaviour.Ports.Where(p => p != Ports.DeadlinePassed)];

    public Step? Target(string port)
    {
        foreach (var exit in Exits)
        {
            if (exit.Port == port)
            {
                return exit.To;
            }
        }

        return null;
    }

    /// <summary>Says which one it is among steps that are called alike.</summary>
    public void TellApart(string apart) => drawn = drawn with { Apart = apart };

    public override string ToString() => drawn.Named;
}

internal sealed record Exit(string Port, Step To);

/// <summary>One branch of a fork, within the branch that the fork itself lies in.</summary>
internal sealed record Branch(Step Fork, string Port, Branch? Around)
{
    /// <summary>1 for the branch of a fork that lies in no other.</summary>
    public int Depth { get; } = (Around?.Depth ?? 0) + 1;
}
