using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Demonstration;

/// <summary>
/// What the register of the demonstration market holds for the eServices to work on, as <c>workflows/_shared/demonstration.json</c>
/// says: so that an eService that works on a new kind of entry touches <c>workflows/</c> only.
/// </summary>
/// <param name="Entries">In the order of the file.</param>
public sealed record DemonstrationRegister(IReadOnlyList<DemonstrationEntry> Entries)
{
    /// <summary>Its name within <c>workflows/_shared</c>.</summary>
    public const string File = "demonstration.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <param name="text">The file's text; null where there is none.</param>
    public static DemonstrationRegister Read(string? text)
    {
        var file = text is null ? [] : (JsonObject)JsonNode.Parse(text)!;
        file.Remove("$schema");
        return file.Count == 0 ? new([]) : file.Deserialize<DemonstrationRegister>(Options)!;
    }
}

/// <param name="ClearingHouse">Each of its participants has such an entry.</param>
/// <param name="Membership">The one membership that has it; where neither is said it is everybody's to read.</param>
public sealed partial record DemonstrationEntry(string Kind, string Key, JsonObject Values, ClearingHouse? ClearingHouse = null, string? Membership = null)
{
    /// <summary>Its values where the market is seeded on that business day: <c>{today+19}</c> is nineteen days later.</summary>
    public JsonObject On(DateOnly today) => new(Values.Select(v => KeyValuePair.Create(v.Key, v.Value is JsonValue value && value.TryGetValue(out string? text) && Day().Match(text) is { Success: true } day
        ? today.AddDays(int.Parse(day.Groups[1].Value, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : v.Value?.DeepClone())));

    [GeneratedRegex(@"^\{today([+-][0-9]{1,4})\}\z")]
    private static partial Regex Day();
}
