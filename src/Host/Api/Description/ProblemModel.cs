using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClientConnect.Host.Api;

/// <summary>A refusal, as RFC 9457 has it and <see cref="Problems"/> writes it.</summary>
/// <param name="Type"><c>/problems/</c> and the code.</param>
/// <param name="Title">What is wrong, in the caller's language.</param>
/// <param name="Status">HTTP's.</param>
/// <param name="Detail">What to do next; missing where there is nothing.</param>
/// <param name="Code">Stable, for programs: <c>deadline-has-passed</c>.</param>
/// <param name="Errors">Sentences by path; missing where no field is at fault.</param>
/// <param name="Fields">The same with a code each; missing where no field is at fault.</param>
/// <param name="Current">The version as it is now, where another was named.</param>
/// <param name="ContentHash">Of what is there now, where something else was seen.</param>
/// <param name="Differences">Between what was seen and what is there, where that is known.</param>
public sealed record ProblemModel(string Type, string Title, int Status, string? Detail, string Code,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors, IReadOnlyList<FaultModel>? Fields, string? Current, string? ContentHash, IReadOnlyList<DifferenceModel>? Differences)
{
    /// <summary>What else a single refusal has to say, by name.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; init; }
}

/// <summary>One field at fault.</summary>
/// <param name="Path"><c>lines[0].quantity</c>; empty for all that was sent.</param>
public sealed record FaultModel(string Path, string Code, string Message);

/// <summary>One value that is another than what was seen.</summary>
/// <param name="Before">Null where there was none.</param>
/// <param name="After">Null where there is none any more.</param>
public sealed record DifferenceModel(string Path, JsonElement? Before, JsonElement? After);
