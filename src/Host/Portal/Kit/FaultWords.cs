using System.Globalization;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Kit;

/// <summary>Words of faults: once made, shown alike in the error summary and at the field.</summary>
public static class FaultWords
{
    /// <summary>The fault's words with the field's label filled in.</summary>
    public static string Of(FieldFault fault, LocalText? label, string language)
    {
        fault = fault with { Arguments = Readable(fault.Arguments, language) };
        if (label is null || fault.Words is not null || fault.Arguments?.ContainsKey("label") == true) return Words.Of(fault, language);
        var arguments = new Dictionary<string, string>(fault.Arguments ?? new Dictionary<string, string>()) { ["label"] = label.In(language) };
        return Words.Of(fault with { Arguments = arguments }, language);
    }

    /// <summary>The same for a field: what is chosen is not filled in.</summary>
    public static string Of(FieldView field, string language) => Of(Chosen(field.Fault!, field), field.Label, language);

    private static FieldFault Chosen(FieldFault fault, FieldView? field) =>
        fault is { Code: "required", Words: null } && field?.Kind is FieldKind.Choice or FieldKind.Choices or FieldKind.YesNo ? fault with { Code = "required-choice" } : fault;

    // "Thu 10 Dec 2026" and "99,999,999,999": a limit reads as what it limits.
    private static Dictionary<string, string>? Readable(IReadOnlyDictionary<string, string>? arguments, string language) => arguments?.ToDictionary(
        a => a.Key,
        a => DateOnly.TryParseExact(a.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? HongKongWords.Date(date, language)
            : a.Key == "limit" && decimal.TryParse(a.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number.ToString("#,##0.######", CultureInfo.InvariantCulture)
            : a.Value);

    /// <summary>The summary of a form's faults, in the form's order; those of a line say which line.</summary>
    public static IReadOnlyList<SummarisedFault> Summary(IEnumerable<FieldFault> faults, IEnumerable<FormItem> items, string language)
    {
        var fields = Flat(items).ToList();
        var places = fields.Select((f, i) => (f.Path, i)).GroupBy(p => p.Path, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().i, StringComparer.Ordinal);
        return [.. faults
            .OrderBy(f => places.GetValueOrDefault(f.Path, int.MaxValue))
            .Select(f => new SummarisedFault(f.Path, Prefix(f.Path, language) + (places.TryGetValue(f.Path, out var i) ? Of(Chosen(f, fields[i].Field), fields[i].Label, language) : Of(f, null, language))))
            .Distinct()];
    }

    /// <summary>"Line 3: " for a path within a line, else nothing.</summary>
    public static string Prefix(string path, string language)
    {
        var open = path.IndexOf('[', StringComparison.Ordinal);
        var close = path.IndexOf(']', StringComparison.Ordinal);
        return open > 0 && close > open && int.TryParse(path.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? Words.Of("line.prefix", language, ("n", (index + 1).ToString(CultureInfo.InvariantCulture)))
            : "";
    }

    private static IEnumerable<(string Path, LocalText Label, FieldView? Field)> Flat(IEnumerable<FormItem> items)
    {
        foreach (var item in items)
        {
            switch (item)
            {
                case FieldView field:
                    yield return (field.Path, field.Label, field);
                    break;
                case LinesView lines:
                    if (lines.Paste is { } paste) yield return (paste.Path, lines.Label, null);
                    if (lines.Sheet is { } sheet) yield return (sheet.Path, lines.Label, null);
                    yield return (lines.Path, lines.Label, null);
                    foreach (var field in lines.Lines.SelectMany(l => l.Fields)) yield return (field.Path, field.Label, field);
                    break;
            }
        }
    }
}
