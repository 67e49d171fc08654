using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.Workflows.Requests;

/// <summary>Which uploaded files a form's answers refer to.</summary>
public static class FormFiles
{
    /// <summary>Most files that one request can refer to.</summary>
    public const int Most = 200;

    public static IReadOnlyList<Guid> In(FormDefinition form, JsonObject answers) =>
        [.. InFields(form.Fields, answers).Distinct().Take(Most)];

    /// <summary>The field of files at a path (<c>evidence</c>, <c>lines[0].evidence</c>); null where there is none.</summary>
    public static FormField? Field(FormDefinition form, string path)
    {
        var name = path[(path.LastIndexOf('.') + 1)..];
        var bracket = path.IndexOf('[', StringComparison.Ordinal);
        var fields = bracket < 0 ? form.Fields : form.SetsOfLines.FirstOrDefault(l => l.Name == path[..bracket])?.Columns ?? [];
        return fields.FirstOrDefault(f => f.Type == FieldType.Files && f.Name == name);
    }

    private static IEnumerable<Guid> InFields(IReadOnlyList<FormField> fields, JsonObject answers) => fields.SelectMany(field => (field.Type, answers[field.Name]) switch
    {
        (FieldType.Files, JsonArray ids) => ids.OfType<JsonValue>().Where(i => i.GetValueKind() == JsonValueKind.String)
            .Select(i => Guid.TryParse(i.GetValue<string>(), out var id) ? id : Guid.Empty).Where(i => i != Guid.Empty),
        (FieldType.Lines, JsonArray lines) => lines.OfType<JsonObject>().SelectMany(line => InFields(field.Columns, line)),
        _ => [],
    });
}
