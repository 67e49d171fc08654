using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// A request that came back for some of its lines: those alone are open. All else stays as it was sent (the decided lines, what is
/// asked once, how many lines there are and in which order), and nobody is asked to correct it.
/// </summary>
public static class OpenLines
{
    /// <summary>The answers with all that is not open put back; what is computed of it is computed anew.</summary>
    /// <param name="open">Lines that may be changed, from 1.</param>
    public static JsonObject PutBack(FormDefinition form, JsonObject typed, JsonObject sent, IReadOnlySet<int> open)
    {
        var kept = (JsonObject)sent.DeepClone();
        if (form.Lines is not { } field || kept[field.Name] is not JsonArray lines) return kept;
        for (var i = 0; i < lines.Count; i++)
        {
            if (open.Contains(i + 1) && (typed[field.Name] as JsonArray)?.ElementAtOrDefault(i) is JsonObject line) lines[i] = line.DeepClone();
        }

        return kept;
    }

    /// <summary>What was sent in for places that are not open, and is something else than stands there.</summary>
    /// <param name="typed">As it was sent in, evaluated: spaces and the like are no difference.</param>
    public static IReadOnlyList<FieldFault> Changed(FormDefinition form, JsonObject typed, JsonObject sent, IReadOnlySet<int> open)
    {
        var faults = form.Fields.Where(f => f.Type != FieldType.Lines && Differs(f, typed, sent)).Select(f => new FieldFault(f.Name, "not-open")).ToList();
        if (form.Lines is not { } field) return faults;
        var (there, was) = (typed[field.Name] as JsonArray ?? [], sent[field.Name] as JsonArray ?? []);
        if (there.Count != was.Count) faults.Add(new FieldFault(field.Name, "lines-stay"));
        foreach (var (i, line) in was.Index().Where(l => !open.Contains(l.Index + 1) && l.Index < there.Count))
        {
            faults.AddRange(field.Columns.Where(c => Differs(c, there[i] as JsonObject ?? [], line as JsonObject ?? [])).Select(c => new FieldFault($"{field.Name}[{i}].{c.Name}", "line-is-decided")));
        }

        return faults;
    }

    /// <summary>
    /// The evaluation with the decided lines as they were sent. What is wrong beside the open lines counts only where the correction
    /// made it so: what was accepted once may have become too early or too late since, and nobody could change it.
    /// </summary>
    /// <param name="before">What the same rules say today to what was sent.</param>
    internal static FormEvaluation Kept(FormDefinition form, FormEvaluation evaluated, FormEvaluation before, JsonObject sent, IReadOnlySet<int> open)
    {
        if (form.Lines is not { } field || evaluated.Answers[field.Name] is not JsonArray lines || sent[field.Name] is not JsonArray was) return evaluated;
        foreach (var (i, line) in was.Index().Where(l => !open.Contains(l.Index + 1) && l.Index < lines.Count)) lines[i] = line?.DeepClone();
        var known = before.Faults.Select(f => (f.Path, f.Code)).ToHashSet();
        bool IsOpen(string path) => open.Any(n => path.StartsWith($"{field.Name}[{n - 1}]", StringComparison.Ordinal));
        var faults = evaluated.Faults.Select(f => IsOpen(f.Path) ? f : AtTheOpenOne(f, field, open)).Where(f => IsOpen(f.Path) || !known.Contains((f.Path, f.Code))).ToList();
        return evaluated with { Faults = faults, DraftFaults = [.. evaluated.DraftFaults.Where(faults.Contains)] };
    }

    // Of two lines that say the same the later one is at fault, unless it is the one that nobody can change.
    private static FieldFault AtTheOpenOne(FieldFault fault, FormField field, IReadOnlySet<int> open)
    {
        var end = fault.Path.IndexOf(']', StringComparison.Ordinal);
        if (fault.Code != "duplicate" || end < 0 || !int.TryParse(fault.Arguments?.GetValueOrDefault("line"), out var first) || !open.Contains(first)
            || !int.TryParse(fault.Path.AsSpan(field.Name.Length + 1, end - field.Name.Length - 1), out var index)) return fault;
        return fault with
        {
            Path = $"{field.Name}[{first - 1}]{fault.Path[(end + 1)..]}",
            Arguments = new Dictionary<string, string> { ["line"] = (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) },
        };
    }

    private static bool Differs(FormField field, JsonObject typed, JsonObject sent) =>
        !field.IsComputed && field.Type != FieldType.Entry && !(typed[field.Name].IsEmpty() && sent[field.Name].IsEmpty()) && CanonicalJson.Text(typed[field.Name]) != CanonicalJson.Text(sent[field.Name]);
}
