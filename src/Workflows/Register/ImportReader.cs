using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Register;

/// <summary>One thing that is wrong in a file, by line and column.</summary>
/// <param name="Line">As an editor counts: the header is 1.</param>
/// <param name="Column">Null where it is about the whole line.</param>
/// <param name="Code">Stable code of the fault; the host's resources hold its words.</param>
public sealed record ImportFault(int Line, string? Column, string Code, IReadOnlyDictionary<string, string>? Arguments = null)
{
    /// <summary>The key of the line's entry; null where it can't be told.</summary>
    public string? Key { get; init; }

    /// <summary>What stands in the cell; null where the fault is about no cell.</summary>
    public string? Value { get; init; }
}

/// <summary>One entry as a file brings it.</summary>
/// <param name="Emptied">Values that have a column and no cell.</param>
internal sealed record ImportLine(int Number, string Key, MembershipId? Membership, JsonObject Values, IReadOnlyList<string> Emptied);

/// <summary>What a file holds: the lines that are right, and what is wrong with the others.</summary>
internal sealed record ImportReading(IReadOnlyList<ImportLine> Lines, IReadOnlyList<ImportFault> Faults)
{
    public int FaultyLines => Faults.Select(f => f.Line).Distinct().Count();
}

/// <summary>Reads a table as a kind's format says. Pure.</summary>
/// <param name="memberships">Those that there are.</param>
internal sealed class ImportReader(ImportFormat format, IReadOnlySet<string> memberships)
{
    private const int LongestKey = 100;

    // What an export says beside the values: it may come back as it went out.
    private static readonly string[] Passed = ["validFrom", "validTo", "request", "line"];

    public Result<ImportReading> Read(CsvTable table)
    {
        var names = table.Header.Select(h => h.Trim()).ToArray();
        var known = Known().ToHashSet(StringComparer.Ordinal);
        var unknown = names.Where((name, i) => !(known.Contains(name) || Passed.Contains(name) || name == ImportFormat.MembershipColumn) || Array.IndexOf(names, name) < i).Distinct().ToList();
        var missing = Required().Except(names, StringComparer.Ordinal).ToList();
        if (missing.Count + unknown.Count > 0) return new ImportHeaderIsWrong(missing, unknown);

        var faults = new List<ImportFault>();
        var lines = table.Lines.Select(line => Line(names, line, faults)).OfType<ImportLine>().ToList();
        Repeated(lines, faults);
        var faulty = faults.Select(f => f.Line).ToHashSet();
        return new ImportReading([.. lines.Where(l => !faulty.Contains(l.Number))], [.. faults.OrderBy(f => f.Line)]);
    }

    private IEnumerable<string> Known() => [
        .. Required(), .. format.Key is { } key ? [key] : Array.Empty<string>(), .. format.Columns.Keys,
        .. format.Columns.Where(c => c.Value.Type == CellType.Words).SelectMany(c => LocalText.Languages.Skip(1).Select(l => $"{c.Key}.{l}"))];

    private IEnumerable<string> Required() => [
        .. format.Of == EntriesOf.Memberships ? [ImportFormat.MembershipColumn] : Array.Empty<string>(), format.KeyName, .. format.Columns.Where(c => c.Value.Required).Select(c => c.Key)];

    // Null where the line can't be told from others; what else is wrong is found all the same.
    private ImportLine? Line(string[] names, CsvLine line, List<ImportFault> all)
    {
        if (line.Cells.Length != names.Length)
        {
            all.Add(new ImportFault(line.Number, null, "other-cells", Of(("found", Text(line.Cells.Length)), ("expected", Text(names.Length)))));
            return null;
        }

        var cells = names.Zip(line.Cells, (name, cell) => (name, cell: cell.Trim())).ToDictionary(c => c.name, c => c.cell, StringComparer.Ordinal);
        var faults = new List<ImportFault>();
        foreach (var (name, cell) in cells.Where(c => Csv.ActsAsFormula(c.Value))) faults.Add(new ImportFault(line.Number, name, "formula"));
        foreach (var (name, _) in cells.Where(c => c.Value.Any(char.IsControl))) faults.Add(new ImportFault(line.Number, name, "control-characters"));
        var key = cells[format.KeyName];
        if (key.Length is 0 or > LongestKey) faults.Add(new ImportFault(line.Number, format.KeyName, key.Length == 0 ? "required" : "too-long", Of(("limit", Text(LongestKey)))));
        else if (format.KeyType != CellType.Text && Value(new ImportColumn(format.KeyType), key).Fault is { } wrong) faults.Add(wrong with { Line = line.Number, Column = format.KeyName });
        var membership = format.Of == EntriesOf.Memberships ? cells[ImportFormat.MembershipColumn] : null;
        if (membership is null && cells.GetValueOrDefault(ImportFormat.MembershipColumn) is { Length: > 0 }) faults.Add(new ImportFault(line.Number, ImportFormat.MembershipColumn, "nobodys"));
        if (membership is not null && !memberships.Contains(membership)) faults.Add(new ImportFault(line.Number, ImportFormat.MembershipColumn, membership.Length == 0 ? "required" : "unknown-membership"));
        var (values, emptied) = Values(line.Number, key, cells, faults);
        all.AddRange(faults.Select(f => f with { Key = key.Length == 0 ? null : key, Value = f.Column is { } column ? cells.GetValueOrDefault(column) : null }));
        return key.Length == 0 ? null : new ImportLine(line.Number, key, membership is null ? null : new MembershipId(membership), values, emptied);
    }

    private (JsonObject Values, IReadOnlyList<string> Emptied) Values(int number, string key, Dictionary<string, string> cells, List<ImportFault> faults)
    {
        var (values, emptied) = (new JsonObject(), new List<string>());
        if (format.Key is { } repeats)
        {
            values[repeats] = key;
            if (cells.TryGetValue(repeats, out var said) && said.Length > 0 && said != key) faults.Add(new ImportFault(number, repeats, "not-the-key"));
        }

        foreach (var (name, column) in format.Columns.Where(c => cells.ContainsKey(c.Key)))
        {
            var cell = cells[name];
            if (cell.Length == 0)
            {
                if (column.Required) faults.Add(new ImportFault(number, name, "required"));
                emptied.Add(name);
                continue;
            }

            var (value, fault) = column.Type == CellType.Words ? (Words(name, cells), null) : Value(column, cell);
            if (fault is not null) faults.Add(fault with { Line = number, Column = name });
            else values[name] = value;
        }

        return (values, emptied);
    }

    private static JsonObject Words(string name, Dictionary<string, string> cells)
    {
        var words = new JsonObject { ["en"] = cells[name] };
        foreach (var language in LocalText.Languages.Skip(1))
        {
            if (cells.TryGetValue($"{name}.{language}", out var said) && said.Length > 0) words[language] = said;
        }

        return words;
    }

    private static (JsonNode? Value, ImportFault? Fault) Value(ImportColumn column, string cell) => column.Type switch
    {
        CellType.Integer => long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? AtLeast(column, whole, JsonValue.Create(whole)) : Fault("not-whole"),
        CellType.Decimal => decimal.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? AtLeast(column, number, JsonValue.Create(number)) : Fault("not-plain-number"),
        CellType.Date => DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? (cell, null) : Fault("not-iso-date"),
        CellType.YesNo => cell.ToUpperInvariant() switch { "TRUE" or "YES" => (true, null), "FALSE" or "NO" => (false, null), _ => Fault("not-true-or-false") },
        CellType.Choice => column.Options.Contains(cell) ? (cell, null) : Fault("not-one-of", ("options", string.Join(", ", column.Options))),
        _ => cell.Length <= (column.MaxLength ?? ImportFormat.LongestText) ? (cell, null) : Fault("too-long", ("limit", Text(column.MaxLength ?? ImportFormat.LongestText))),
    };

    private static (JsonNode? Value, ImportFault? Fault) AtLeast(ImportColumn column, decimal number, JsonNode value) =>
        column.Least is { } least && number < least ? Fault("too-small", ("limit", least.ToString(CultureInfo.InvariantCulture))) : (value, null);

    // Which of two lines is right nobody here knows: both are at fault.
    private void Repeated(List<ImportLine> lines, List<ImportFault> faults)
    {
        foreach (var same in lines.GroupBy(l => (l.Membership, l.Key)).Where(g => g.Count() > 1))
        {
            foreach (var line in same) faults.Add(new ImportFault(line.Number, format.KeyName, "key-repeated", Of(("lines", string.Join(", ", same.Select(l => Text(l.Number)).Take(10))))) { Key = line.Key, Value = line.Key });
        }
    }

    private static (JsonNode? Value, ImportFault? Fault) Fault(string code, params ReadOnlySpan<(string Name, string Value)> arguments) => (null, new ImportFault(0, null, code, Of(arguments)));

    private static Dictionary<string, string> Of(params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments) all[name] = value;
        return all;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
