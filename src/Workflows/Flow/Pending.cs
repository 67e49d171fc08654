namespace ClientConnect.Workflows.Flow;

// Delete this file when FlowDefinition.cs and FlowState.cs land (branch flow).
public sealed class FlowDefinition;

public sealed record FlowState;
