using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>A first row that names its columns, in any of the three languages, in any order.</summary>
/// <param name="Columns">By the cell's place; null for columns that the portal works out itself.</param>
internal sealed record PasteHeading(IReadOnlyList<Asked?> Columns, IReadOnlyList<string> Unknown)
{
    private const int Enough = 2;

    /// <summary>Null where the row is a row like the others: fewer than two of its cells are names of columns.</summary>
    public static PasteHeading? In(Asked lines, PastedRow row)
    {
        var found = row.Cells.Select(cell => lines.Columns.FirstOrDefault(c => IsCalled(c, cell))).ToList();
        if (found.Count(f => f is not null) < Math.Min(Enough, Pasting.Columns(lines).Count)) return null;
        var typed = Pasting.Columns(lines);
        return new PasteHeading([.. found.Select(f => f is not null && typed.Contains(f) ? f : null)], [.. row.Cells.Where((cell, i) => cell.Length > 0 && found[i] is null)]);
    }

    private static bool IsCalled(Asked column, string cell) =>
        LocalText.Languages.Select(column.Label.In).Append(column.Name).Any(name => name.Equals(cell, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Pasted rows as lines on trial, below those that are in the form already.</summary>
/// <param name="first">Index that the first row would have among the lines.</param>
/// <param name="columns">By the cell's place; null where a cell is passed over.</param>
internal sealed class PasteTrial(Asked lines, int first, IReadOnlyList<Asked?> columns, IReadOnlyList<PastedRow> rows)
{
    private readonly List<JsonObject> read = [.. rows.Select(r => Line(r, columns))];

    /// <summary>What was typed, with the rows as lines.</summary>
    public JsonObject With(JsonObject typed, JsonArray kept)
    {
        var all = (JsonObject)typed.DeepClone();
        all[lines.Name] = new JsonArray([.. kept.Concat(read).Select(l => l!.DeepClone())]);
        return all;
    }

    public (IReadOnlyList<JsonObject> Good, IReadOnlyList<PastedRow> Bad, IReadOnlyList<FieldFault> Faults) Judge(FormEvaluation judged)
    {
        var good = new List<JsonObject>();
        var bad = new List<PastedRow>();
        var faults = new List<FieldFault>();
        foreach (var (i, row) in rows.Index())
        {
            var wrong = first + good.Count >= FormPages.Most(lines) ? [Said(row, "full", null, l => Words.Of("lines.full", l, ("max", FormPages.Most(lines).ToString(CultureInfo.InvariantCulture))))] : WrongIn(i, row, judged);
            if (wrong.Count == 0)
            {
                good.Add(read[i]);
                continue;
            }

            bad.Add(row);
            faults.AddRange(wrong);
        }

        return (good, bad, faults);
    }

    private List<FieldFault> WrongIn(int i, PastedRow row, FormEvaluation judged)
    {
        var path = FieldWords.LinePath(lines, first + i);
        var wrong = judged.Faults.Where(f => f.Path.StartsWith(path + ".", StringComparison.Ordinal) && f.Code != "required")
            .Select(f => Said(row, f.Code, lines.Columns.FirstOrDefault(c => f.Path == $"{path}.{c.Name}"), l => WordsOf(f, l))).ToList();
        if (row.Cells.Skip(columns.Count).Any(c => c.Length > 0)) wrong.Insert(0, Said(row, "too-wide", null, l => Words.Of("paste.too-wide", l, ("n", columns.Count.ToString(CultureInfo.InvariantCulture)))));

        // A value where nothing is asked would be dropped in silence.
        wrong.AddRange(read[i].Select(p => lines.Columns.First(c => c.Name == p.Key)).Where(c => !judged.Visible.Contains($"{path}.{c.Name}"))
            .Select(c => Said(row, "not-asked", c, l => Words.Of("paste.not-asked", l))));
        return wrong;
    }

    private FieldFault Said(PastedRow row, string code, Asked? column, Func<string, string> words) => Pasting.Fault(lines, code, l =>
        Words.Of("paste.row", l, ("n", row.Number.ToString(CultureInfo.InvariantCulture)), ("column", column is null ? "" : Words.Of("paste.column", l, ("label", column.Label.In(l))))) + words(l));

    // Two rows alike: the other one may be a row of the box, and has no line's number then.
    private string WordsOf(FieldFault fault, string language)
    {
        var column = lines.Columns.FirstOrDefault(c => fault.Path.EndsWith("." + c.Name, StringComparison.Ordinal));
        return fault.Code == "duplicate" && int.TryParse(fault.Arguments?.GetValueOrDefault("line"), CultureInfo.InvariantCulture, out var line) && line > first
            ? Words.Of("paste.duplicate", language, ("n", rows[line - 1 - first].Number.ToString(CultureInfo.InvariantCulture)))
            : FaultWords.Of(fault, column?.Label, language);
    }

    private static JsonObject Line(PastedRow row, IReadOnlyList<Asked?> columns)
    {
        var line = new JsonObject();
        foreach (var (cell, column) in row.Cells.Zip(columns))
        {
            if (column is not null && cell.Length > 0) line[column.Name] = Value(column, cell);
        }

        return line;
    }

    // People see labels, so a spreadsheet holds labels; the form keeps codes.
    private static JsonNode Value(Asked column, string cell) => column.Type switch
    {
        FieldType.Choice => Code(column, cell),
        FieldType.Choices => new JsonArray([.. cell.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(c => (JsonNode)Code(column, c))]),
        FieldType.YesNo => Says("field.yes", cell) ? "true" : Says("field.no", cell) ? "false" : cell,
        _ => cell,
    };

    private static string Code(Asked column, string cell) =>
        column.Options.FirstOrDefault(o => o.Value.Equals(cell, StringComparison.OrdinalIgnoreCase) || LocalText.Languages.Any(l => o.Label.In(l).Equals(cell, StringComparison.OrdinalIgnoreCase)))?.Value ?? cell;

    private static bool Says(string key, string cell) => LocalText.Languages.Any(l => Words.Of(key, l).Equals(cell, StringComparison.OrdinalIgnoreCase));
}
