using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Register;

/// <summary>One entry that an import begins, changes or ends.</summary>
/// <param name="Before">Null where it begins.</param>
/// <param name="After">Null where it ends.</param>
/// <param name="Line">Null where no line brings it.</param>
public sealed record ImportChange(MembershipId? Membership, string Key, JsonObject? Before, JsonObject? After, int? Line)
{
    /// <summary>The entry that ends; null where one begins.</summary>
    internal Guid? Ends { get; init; }
}

/// <summary>What a file would do to the register as it is now.</summary>
/// <param name="Faults">Of the file's lines; those lines are left out, and then nothing ends.</param>
public sealed record ImportComparison(
    IReadOnlyList<ImportChange> Begins, IReadOnlyList<ImportChange> Changes, IReadOnlyList<ImportChange> Ends, int Stays, IReadOnlyList<ImportFault> Faults, int FaultyLines)
{
    public ImportCounts Counts => new(Begins.Count, Changes.Count, Ends.Count, Stays, FaultyLines);

    public bool ChangesNothing => Begins.Count + Changes.Count + Ends.Count == 0;

    /// <summary>There is something to confirm, and nothing in the way: of a calendar, what a second person is asked for.</summary>
    public bool WantsConfirming => FaultyLines == 0 && !ChangesNothing;

    /// <summary>Of all that would be done: who confirms names it, so that nothing else is done than what was seen.</summary>
    public string Hash() => CanonicalJson.Hash(new JsonArray(
        [.. Begins.Concat(Changes).Concat(Ends).Select(c => (JsonNode)new JsonArray(c.Membership?.Value, c.Key, c.Ends?.ToString(), c.After is null ? null : CanonicalJson.Hash(c.After))), FaultyLines]));

    /// <param name="inForce">Entries of the kind without an end.</param>
    /// <param name="isOver">Whether what an entry says is its last day is over: such a one would end as it begins.</param>
    internal static ImportComparison Of(ImportFormat format, ImportReading reading, IEnumerable<EntryRow> inForce, Func<JsonObject, bool> isOver)
    {
        var held = inForce.Where(e => e.MembershipId is not null == (format.Of == EntriesOf.Memberships)).ToDictionary(e => (e.MembershipId, e.Key));
        var (begins, changes, faults) = (new List<ImportChange>(), new List<ImportChange>(), reading.Faults.ToList());
        var brought = new HashSet<Guid>();
        foreach (var line in reading.Lines)
        {
            if (!held.TryGetValue((line.Membership, line.Key), out var entry))
            {
                if (isOver(line.Values)) faults.Add(Fault(line, "last-day-over"));
                else begins.Add(new ImportChange(line.Membership, line.Key, null, line.Values, line.Number));
                continue;
            }

            brought.Add(entry.Id);
            var before = (JsonObject)JsonNode.Parse(entry.Values)!;
            if (IsSaidBy(line, before)) continue;
            var after = Merged(before, line);
            if (entry.RequestId is not null) faults.Add(Fault(line, "brought-by-request"));
            else if (isOver(after)) faults.Add(Fault(line, "last-day-over"));
            else changes.Add(new ImportChange(line.Membership, line.Key, before, after, line.Number) { Ends = entry.Id });
        }

        var ends = format.Whole && faults.Count == 0 ? held.Values.Where(e => e.RequestId is null && !brought.Contains(e.Id)).OrderBy(e => e.MembershipId?.Value, StringComparer.Ordinal).ThenBy(e => e.Key, StringComparer.Ordinal) : Enumerable.Empty<EntryRow>();
        var stays = reading.Lines.Count - begins.Count - changes.Count - (faults.Count - reading.Faults.Count);
        return new ImportComparison(
            begins, changes, [.. ends.Select(e => new ImportChange(e.MembershipId, e.Key, (JsonObject)JsonNode.Parse(e.Values)!, null, null) { Ends = e.Id })], stays, faults,
            faults.Select(f => f.Line).Distinct().Count());
    }

    private static ImportFault Fault(ImportLine line, string code) => new(line.Number, ImportFormat.KeyColumn, code) { Key = line.Key, Value = line.Key };

    // Number for number, however many noughts stand behind it. Of most lines this is all that is asked.
    private static bool IsSaidBy(ImportLine line, JsonObject before) =>
        line.Values.All(v => before[v.Key] is { } held && JsonNode.DeepEquals(held, v.Value)) && !line.Emptied.Any(before.ContainsKey);

    // What the file has no column for stays as it is.
    private static JsonObject Merged(JsonObject before, ImportLine line)
    {
        var after = (JsonObject)before.DeepClone();
        foreach (var (name, value) in line.Values) after[name] = value?.DeepClone();
        foreach (var name in line.Emptied) after.Remove(name);
        return after;
    }
}
