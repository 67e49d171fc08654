using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>The files of a field: their names, and of those that are themselves what is sent their kind, size and lines.</summary>
internal sealed partial class Filling
{
    private const long Megabyte = 1024 * 1024;

    private IEnumerable<AttachedFile> FilesOf(JsonNode? ids) =>
        (ids as JsonArray ?? []).Select(id => AttachmentId.From(id.Text()) is { } key ? context.Files.GetValueOrDefault(key) : null).OfType<AttachedFile>();

    private static JsonArray ForRules(IEnumerable<AttachedFile> files) => new([.. files.Select(f => (JsonNode?)f.ForRules())]);

    private void CheckFiles(FormField field, JsonNode? ids, string path)
    {
        foreach (var file in FilesOf(ids))
        {
            if (field.Pattern is not null && !Patterns.Matches(field.Pattern, file.Name))
            {
                Refuse(path, "wrong-format", words: field.PatternMessage);
            }

            if (field.Transmission is { } transmission)
            {
                CheckTransmission(transmission, file, path);
            }
        }
    }

    // Only in a structure that is asked for: what another kind of file looks like is nobody's to say here.
    private void OfferTemplate(FormField field, string path)
    {
        if (field.Transmission is { Template: { } template } transmission
            && Evaluated(transmission.Structure, path).Text() is { Length: > 0 } structure && Evaluated(template.Name, path).Text() is { Length: > 0 } name
            && Listed(template.Columns, path) is { Length: > 0 } columns && Listed(transmission.Extensions, path) is [var extension, ..])
        {
            templates[path] = new OfferedTemplate(structure, name, extension, columns);
        }
    }

    private string[] Listed(Rule rule, string path) => (Evaluated(rule, path).Text() ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private void CheckTransmission(Transmission transmission, AttachedFile file, string path)
    {
        var extensions = Listed(transmission.Extensions, path);
        if (extensions.Length > 0 && !extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
        {
            Refuse(path, "file-of-other-type", arguments: [("file", file.Name), ("accepted", string.Join(", ", extensions).ToUpperInvariant())]);
            return;
        }

        if (Evaluated(transmission.Largest, path).Number() is { } largest && file.Size > largest * Megabyte)
        {
            Refuse(path, "file-too-large", arguments: [("file", file.Name), ("limit", largest)]);
        }

        if (Evaluated(transmission.Structure, path).Text() is { Length: > 0 } structure)
        {
            CheckStructure(structure, file, path);
        }
    }

    // What was found is a code with the line and what stands there: the words are the portal's.
    private void CheckStructure(string structure, AttachedFile file, string path)
    {
        if (file.Examined?[structure]?["faults"] is not JsonArray found)
        {
            Refuse(path, "file-not-examined", arguments: ("file", file.Name));
            return;
        }

        foreach (var fault in found.OfType<JsonObject>())
        {
            Refuse(path, "file-" + fault["code"].Text(), arguments: [("file", file.Name), .. fault.Where(f => f.Key != "code").Select(f => (f.Key, (object)(f.Value.Text() ?? f.Value?.ToJsonString() ?? "")))]);
        }
    }
}
