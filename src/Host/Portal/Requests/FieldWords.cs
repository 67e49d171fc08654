using System.Globalization;
using System.Text.RegularExpressions;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>What a place of the answers is called: <c>lines[2].quantity</c> is "Line 3: Quantity". For remarks and differences.</summary>
internal static partial class FieldWords
{
    // What is reported of a milestone, once or per line.
    private const string Milestone = "milestone.";

    public static LocalText Of(FormDefinition form, string path)
    {
        var field = Find(form, path);
        return field is null ? PortalCalls.Texts(l => FaultWords.Prefix(path, l).TrimEnd(' ', ':', '：') is { Length: > 0 } line ? line : path)
            : PortalCalls.Texts(l => FaultWords.Prefix(path, l) + field.Label.In(l));
    }

    /// <summary>The field at a place; null where it is a whole line, or nothing that the form knows.</summary>
    public static Asked? Find(FormDefinition form, string path)
    {
        var name = Index().Replace(path, "");
        if (name.StartsWith(Milestone, StringComparison.Ordinal)) return (form.Milestones ?? []).SelectMany(m => m.Fields).FirstOrDefault(f => f.Name == name[Milestone.Length..]);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return form.Fields.FirstOrDefault(f => f.Name == name && !path.EndsWith(']'));
        var columns = form.Fields.FirstOrDefault(f => f.Name == name[..dot])?.Columns ?? [];
        var column = name[(dot + 1)..];
        return column.StartsWith(Milestone, StringComparison.Ordinal) ? (form.Milestones ?? []).SelectMany(m => m.Lines).FirstOrDefault(f => f.Name == column[Milestone.Length..])
            : column.StartsWith("decision.", StringComparison.Ordinal)
            ? form.Decision?.Fields.FirstOrDefault(f => f.Name == column["decision.".Length..])
            : columns.FirstOrDefault(f => f.Name == column);
    }

    public static string LinePath(Asked lines, int index) => string.Create(CultureInfo.InvariantCulture, $"{lines.Name}[{index}]");

    [GeneratedRegex(@"\[\d*\]")]
    private static partial Regex Index();
}
