using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Host.Spreadsheets;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>What is wrong in one row.</summary>
/// <param name="Cell">As a spreadsheet calls it (C7); null where it is about the row.</param>
internal sealed record RowFault(SheetRow Row, string Code, Asked? Column, string? Cell, LocalText Words)
{
    /// <summary>The other row that says the same; null where it is no row.</summary>
    public SheetRow? Same { get; init; }
}

/// <summary>One row as the form takes it, or does not.</summary>
/// <param name="Line">What is kept of a good one.</param>
/// <param name="Judged">The same, worked through by the form: cleaned, and with what is computed.</param>
/// <param name="Missing">What the form asks for, with what the row says, and the row has not.</param>
internal sealed record TriedRow(SheetRow Row, JsonObject Line, JsonObject Judged, IReadOnlyList<RowFault> Faults, IReadOnlyList<Asked> Missing);

/// <summary>What came of the rows that were on trial.</summary>
/// <param name="Heading">The row that names the columns; null where there is none.</param>
/// <param name="Columns">By the cell's place; null where a cell is passed over.</param>
/// <param name="Headings">What is wrong with them: no row was tried then.</param>
internal sealed record Tried(SheetRow? Heading, IReadOnlyList<Asked?> Columns, IReadOnlyList<HeadingFault> Headings, IReadOnlyList<TriedRow> Rows)
{
    public IEnumerable<TriedRow> Good => Rows.Where(r => r.Faults.Count == 0);

    public IEnumerable<TriedRow> Bad => Rows.Where(r => r.Faults.Count > 0);
}

/// <summary>Rows as lines on trial, below those that are in the form already.</summary>
/// <param name="first">Index that the first row would have among the lines.</param>
/// <param name="columns">By the cell's place; null where a cell is passed over.</param>
internal sealed class PasteTrial(Asked lines, int first, IReadOnlyList<Asked?> columns, IReadOnlyList<SheetRow> rows)
{
    /// <summary>Words that a cell could hold: more of them are counted, not told.</summary>
    private const int MostOptions = 6;

    private readonly List<ReadLine> read = [.. rows.Select(r => ReadLine.Of(r, columns))];

    /// <summary>What was typed, with the rows as lines.</summary>
    public JsonObject With(JsonObject typed, JsonArray kept)
    {
        var all = (JsonObject)typed.DeepClone();
        all[lines.Name] = new JsonArray([.. kept.Concat(read.Select(r => r.Line)).Select(l => l!.DeepClone())]);
        return all;
    }

    public IReadOnlyList<TriedRow> Judge(FormEvaluation judged)
    {
        var tried = new List<TriedRow>();
        var good = 0;
        foreach (var (i, row) in rows.Index())
        {
            var wrong = first + good >= FormPages.Most(lines) ? [Said(row, "full", null, l => Words.Of("lines.full", l, ("max", FormPages.Most(lines).ToString(CultureInfo.InvariantCulture))))] : WrongIn(i, row, judged);
            if (wrong.Count == 0) good++;
            tried.Add(new TriedRow(row, read[i].Line, (judged.Answers[lines.Name] as JsonArray)?.ElementAtOrDefault(first + i) as JsonObject ?? [], wrong, Missing(i, judged)));
        }

        return tried;
    }

    private List<RowFault> WrongIn(int i, SheetRow row, FormEvaluation judged)
    {
        var path = FieldWords.LinePath(lines, first + i);
        var wrong = new List<RowFault>();
        if (row.Cells.Skip(columns.Count).Any(c => c.Length > 0)) wrong.Add(Said(row, "too-wide", null, l => Words.Of("paste.too-wide", l, ("n", columns.Count.ToString(CultureInfo.InvariantCulture)))));
        wrong.AddRange(read[i].Faults.Select(f => Said(row, f.Code, f.Column, l => Words.Of("paste." + f.Code, l))));
        wrong.AddRange(judged.Faults.Where(f => f.Path.StartsWith(path + ".", StringComparison.Ordinal) && f.Code != "required")
            .Select(f => Said(row, f, lines.Columns.FirstOrDefault(c => f.Path == $"{path}.{c.Name}"))));

        // A value where nothing is asked would be dropped in silence.
        wrong.AddRange(read[i].Line.Select(p => lines.Columns.First(c => c.Name == p.Key)).Where(c => !judged.Visible.Contains($"{path}.{c.Name}"))
            .Select(c => Said(row, "not-asked", c, l => Words.Of("paste.not-asked", l))));
        return wrong;
    }

    private List<Asked> Missing(int i, FormEvaluation judged)
    {
        var path = FieldWords.LinePath(lines, first + i);
        return [.. lines.Columns.Where(c => judged.Faults.Any(f => f.Code == "required" && f.Path == $"{path}.{c.Name}"))];
    }

    private RowFault Said(SheetRow row, FieldFault fault, Asked? column)
    {
        var same = SameAs(fault);
        return Said(row, fault.Code, column, l => same is not null ? Words.Of("paste.duplicate", l, ("n", PortalCalls.Number(same.Number))) : WordsOf(row, fault, column, l)) with { Same = same };
    }

    private RowFault Said(SheetRow row, string code, Asked? column, Func<string, string> words)
    {
        var at = column is null ? -1 : columns.Index().Where(c => c.Item?.Name == column.Name).Select(c => c.Index).DefaultIfEmpty(-1).First();
        return new RowFault(row, code, column, at < 0 ? null : row.CellName(at), PortalCalls.Texts(words));
    }

    // Two rows alike: the other one may be a row of the box, and has no line's number then.
    private SheetRow? SameAs(FieldFault fault) =>
        fault.Code == "duplicate" && int.TryParse(fault.Arguments?.GetValueOrDefault("line"), CultureInfo.InvariantCulture, out var line) && line > first ? rows[line - 1 - first] : null;

    private string WordsOf(SheetRow row, FieldFault fault, Asked? column, string language)
    {
        if (fault.Code != "not-an-option" || column is not { Options.Count: > 0 }) return FaultWords.Of(fault, column?.Label, language);
        var told = string.Join("; ", column.Options.Take(MostOptions).Select(o => o.Label.In(language)));
        var more = column.Options.Count - MostOptions;
        return Words.Of("paste.not-an-option", language, ("value", row.Cells.Zip(columns).First(c => c.Second == column).First),
            ("options", more > 0 ? told + Words.Of("paste.more-options", language, ("n", PortalCalls.Number(more))) : told));
    }

    private sealed record ReadLine(JsonObject Line, IReadOnlyList<(string Code, Asked Column)> Faults)
    {
        public static ReadLine Of(SheetRow row, IReadOnlyList<Asked?> columns)
        {
            var line = new JsonObject();
            var faults = new List<(string, Asked)>();
            foreach (var (cell, column) in row.Cells.Zip(columns))
            {
                if (column is null || cell.Length == 0) continue;
                var (value, fault) = CellReading.Read(column, cell);
                if (fault is null) line[column.Name] = value;
                else faults.Add((fault, column));
            }

            return new ReadLine(line, faults);
        }
    }
}
