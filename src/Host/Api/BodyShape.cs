using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Api;

/// <summary>The body of a call that takes none; an empty object is let through.</summary>
public sealed record NoBody();

/// <summary>A member of the body whose other names are the form's: the form says which it has.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesFormFieldsAttribute : Attribute;

/// <summary>
/// Holds a body against the record that describes it, so that the description and what is refused are one list: members that the
/// record does not have, that are missing, or of another type. What stands inside of a plain object (<c>answers</c>) is the form's to judge.
/// </summary>
internal static class BodyShape
{
    private const int MostFaults = 50, LongestName = 40;

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Member>> Known = new();

    public static IReadOnlyList<FieldFault> FaultsIn(JsonObject body, Type record) => [.. In(body, record, string.Empty).Take(MostFaults)];

    private static IEnumerable<FieldFault> In(JsonObject body, Type record, string prefix)
    {
        var members = Known.GetOrAdd(record, MembersOf);
        var isOpen = record.IsDefined(typeof(TakesFormFieldsAttribute));
        var unknown = body.Where(p => !isOpen && !members.Any(m => m.Name == p.Key)).Select(p => new FieldFault(prefix + Shortened(p.Key), "unknown-field"));
        return unknown.Concat(members.SelectMany(m => In(body[m.Name], m, prefix + m.Name)));
    }

    private static IEnumerable<FieldFault> In(JsonNode? value, Member member, string path) => value switch
    {
        null => member.IsRequired ? [new FieldFault(path, "required")] : [],
        JsonArray texts when member.ItemType == typeof(string) => texts.Where(t => t?.GetValueKind() != JsonValueKind.String).Select(_ => new FieldFault(path, "not-text")).Take(1),
        JsonArray items when member.ItemType is { } item => items.SelectMany((node, i) => node is JsonObject inner ? In(inner, item, $"{path}[{i}].") : [new FieldFault($"{path}[{i}]", "not-a-line")]),
        _ when member.ItemType is not null => [new FieldFault(path, "not-a-list")],
        _ when member.Type == typeof(string) => Text(value, member, path),
        _ when member.Type == typeof(bool) => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? [] : [new FieldFault(path, "not-yes-or-no")],
        _ when member.Type == typeof(int) => value.GetValueKind() == JsonValueKind.Number ? [] : [new FieldFault(path, "not-a-number")],
        JsonObject inner => member.Type == typeof(JsonObject) ? [] : In(inner, member.Type, path + "."),
        _ => [new FieldFault(path, "not-an-object")],
    };

    private static IEnumerable<FieldFault> Text(JsonNode value, Member member, string path) =>
        value.GetValueKind() != JsonValueKind.String ? [new FieldFault(path, "not-text")]
        : member.IsRequired && string.IsNullOrWhiteSpace(value.GetValue<string>()) ? [new FieldFault(path, "required")]
        : [];

    private static IReadOnlyList<Member> MembersOf(Type record)
    {
        var nullability = new NullabilityInfoContext();
        return [.. record.GetConstructors()[0].GetParameters().Select(p => new Member(
            JsonNamingPolicy.CamelCase.ConvertName(p.Name!),
            Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType,
            p.ParameterType.IsGenericType && p.ParameterType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? p.ParameterType.GenericTypeArguments[0] : null,
            nullability.Create(p).WriteState == NullabilityState.NotNull))];
    }

    // The name is said again: short, and without what would break a line or turn its direction.
    private static string Shortened(string name) =>
        string.Concat((name.Length <= LongestName ? name : name[..LongestName] + "…").Select(c => char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? '?' : c));

    /// <param name="ItemType">Of a list; null for all else.</param>
    private sealed record Member(string Name, Type Type, Type? ItemType, bool IsRequired);
}
