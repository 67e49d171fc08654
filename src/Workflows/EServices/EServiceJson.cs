using System.Text.Json;

namespace ClientConnect.Workflows.EServices;

/// <summary>How an eService is written for others to read: as in its own files.</summary>
public static class EServiceJson
{
    public static JsonSerializerOptions Options { get; } = new(Json.Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
}
