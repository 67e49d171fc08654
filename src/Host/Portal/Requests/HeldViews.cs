using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>An entry of the register beside a line, or below the answers of a section.</summary>
/// <param name="Rows">Empty where the register holds nothing under the number.</param>
public sealed record HeldView(LocalText Label, IReadOnlyList<HeldRow> Rows);

/// <summary>One value that the register holds.</summary>
/// <param name="Differs">The same thing is asked under the same name, and says otherwise.</param>
public sealed record HeldRow(LocalText Label, string Value, bool Differs);
