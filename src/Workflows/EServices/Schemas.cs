using NJsonSchema;
using NJsonSchema.Validation;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// The JSON Schemas of <c>workflows/_schemas</c>: what editors complete by, the loader checks by, and says in plain words.
/// </summary>
internal sealed class Schemas(IReadOnlyDictionary<string, JsonSchema> schemas)
{
    public static async Task<Schemas> ReadAsync(IReadOnlyDictionary<string, string> texts, CancellationToken ct)
    {
        var schemas = new Dictionary<string, JsonSchema>(StringComparer.Ordinal);
        foreach (var (file, text) in texts)
        {
            schemas[file.Replace(".schema.json", "", StringComparison.Ordinal)] = await JsonSchema.FromJsonAsync(text, ct);
        }

        return new Schemas(schemas);
    }

    /// <param name="text">JSON, which was read already.</param>
    public IEnumerable<BundleFault> Check(string schema, string file, string text) =>
        schemas[schema].Validate(text).SelectMany(Leaves).Select(e => new BundleFault(file, Place(e), Words(e)) { Code = BundleFaultCodes.Schema }).Distinct();

    private static IEnumerable<ValidationError> Leaves(ValidationError error) =>
        error is ChildSchemaValidationError { Kind: not ValidationErrorKind.NoTypeValidates } nested && nested.Errors.Count > 0
            ? nested.Errors.SelectMany(e => e.Value).SelectMany(Leaves)
            : [error];

    private static string Place(ValidationError error) => (error.Path ?? "").TrimStart('#').TrimStart('/');

    private static string Words(ValidationError error) => error.Kind switch
    {
        ValidationErrorKind.PropertyRequired => $"\"{error.Property}\" is missing.",
        ValidationErrorKind.NoAdditionalPropertiesAllowed => $"\"{error.Property}\" isn't known here.{Spelling.Hint(error.Property ?? "", error.Schema.ActualProperties.Keys)}",
        ValidationErrorKind.StringExpected => "A text is expected.",
        ValidationErrorKind.NumberExpected => "A number is expected.",
        ValidationErrorKind.IntegerExpected => "A whole number is expected.",
        ValidationErrorKind.BooleanExpected => "true or false is expected.",
        ValidationErrorKind.ObjectExpected => "An object { … } is expected.",
        ValidationErrorKind.ArrayExpected => "A list [ … ] is expected.",
        ValidationErrorKind.NoTypeValidates => $"One of these is expected: {error.Schema.Type}.",
        ValidationErrorKind.NotInEnumeration => $"One of these is expected: {string.Join(", ", error.Schema.Enumeration)}.",
        ValidationErrorKind.PatternMismatch => $"It doesn't have the form {error.Schema.Pattern}.",
        ValidationErrorKind.StringTooShort => "It is empty.",
        ValidationErrorKind.StringTooLong => $"It is longer than {error.Schema.MaxLength} characters.",
        ValidationErrorKind.NumberTooSmall or ValidationErrorKind.IntegerTooBig when error.Schema.Minimum is { } least => $"It is less than {least}.",
        ValidationErrorKind.NumberTooBig => $"It is more than {error.Schema.Maximum}.",
        ValidationErrorKind.TooFewItems => $"At least {error.Schema.MinItems} are expected.",
        ValidationErrorKind.TooManyItems => $"At most {error.Schema.MaxItems} are expected.",
        _ => $"It isn't as it should be ({error.Kind}).",
    };
}

/// <summary>"Did you mean": the known name that is nearest to a mistyped one.</summary>
internal static class Spelling
{
    /// <summary>A sentence with a leading space; empty where nothing is near.</summary>
    public static string Hint(string typed, IEnumerable<string> known)
    {
        var nearest = known.Select(name => (Name: name, Distance: Distance(typed, name))).OrderBy(n => n.Distance).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(typed.Length > 3 ? 2 : 1, typed.Length / 3) ? $" Did you mean \"{nearest.Name}\"?" : "";
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0]++;
            for (var j = 1; j <= b.Length; j++)
            {
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
