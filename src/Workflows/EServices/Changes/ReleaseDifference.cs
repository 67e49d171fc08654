using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.EServices.Changes;

/// <summary>How much a change weighs with whoever has to release it; the first is told first.</summary>
public enum ChangeWeight
{
    /// <summary>Who must say yes, and which house rules do not hold.</summary>
    Control,

    /// <summary>The way of a request: steps, connections, conditions, who is told.</summary>
    Flow,

    /// <summary>By when.</summary>
    Deadline,

    /// <summary>What is asked.</summary>
    Form,

    /// <summary>Configured values, and what the eService is and touches.</summary>
    Setting,

    /// <summary>What mails say.</summary>
    Mail,

    /// <summary>Labels, hints and helps.</summary>
    Wording,

    /// <summary>Stories, examples, where things stand on the canvas: nothing that a request meets.</summary>
    Material,
}

/// <summary>One change, as a sentence that says what changed and where.</summary>
/// <param name="File">The file of the bundle that it stands in.</param>
/// <param name="Place">The step's id, the field's path or the name; empty for the whole file.</param>
public sealed record ReleaseChange(ChangeWeight Weight, string File, string Place, string Words);

/// <summary>
/// What parts two releases of an eService, in plain words, for the analyst who must answer for the second one. Told from what
/// the files mean, not from how they are written; whatever is told by no sentence of its own is named by its file, so that
/// two releases of different hashes always differ in words.
/// </summary>
public sealed record ReleaseDifference(IReadOnlyList<ReleaseChange> Changes)
{
    public static ReleaseDifference Between(EServiceBundle before, EServiceBundle after)
    {
        if (before.Hash == after.Hash)
        {
            return new([]);
        }

        List<ReleaseChange> told =
        [
            .. new ServiceChanges(before, after).All(),
            .. new FlowChanges(before, after).All(),
            .. new FormChanges(before.Form, after.Form).All(),
            .. MailChanges.Between(before, after),
        ];
        told.AddRange(Others(before, after, told));
        return new([.. told.DistinctBy(c => c.Words).OrderBy(c => c.Weight)]);
    }

    /// <summary>Files that differ and that nothing was said of.</summary>
    private static IEnumerable<ReleaseChange> Others(EServiceBundle before, EServiceBundle after, IReadOnlyCollection<ReleaseChange> told)
    {
        foreach (var file in Files(before).Union(Files(after)).Order(StringComparer.Ordinal).Except(told.Select(c => c.File)))
        {
            var (was, now) = (before.File(file), after.File(file));
            if (!JsonNode.DeepEquals(was, now))
            {
                yield return new(ChangeWeight.Material, file, "", Words(file, was is null, now is null));
            }
        }
    }

    private static string Words(string file, bool isNew, bool isGone)
    {
        var verb = isNew ? "was added" : isGone ? "was removed" : "was changed";
        var name = file[(file.LastIndexOf('/') + 1)..];
        return file switch
        {
            "workflow.json" => "The drawing of the flow was tidied: steps stand elsewhere on the canvas, or its description says something else; requests go as before.",
            "outline.txt" => $"The outline of the flow {verb}.",
            "sample.json" => $"The example that demonstrations use {verb}.",
            _ when file.StartsWith("scenarios/", StringComparison.Ordinal) && name.EndsWith(".yaml", StringComparison.Ordinal) => $"The story '{name[..^5]}' {verb}.",
            _ when file.StartsWith("scenarios/", StringComparison.Ordinal) => $"What comes of the story '{name.Split('.')[0]}' {verb}.",
            _ => $"The file {file} {verb}.",
        };
    }

    private static IEnumerable<string> Files(EServiceBundle bundle) => (bundle.Document["files"] as JsonObject ?? []).Select(f => f.Key);
}
