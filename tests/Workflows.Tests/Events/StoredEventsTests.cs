using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Tests.Events;

/// <summary>
/// Rows written last year are an API: of each event there is a sample in every shape that was ever stored, and today's code
/// reads them all. A new shape is a new file (<c>taskDecided.2.json</c>); an old file is never changed.
/// </summary>
public sealed class StoredEventsTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/Workflows.Tests/Events/Stored");

    public static TheoryData<string> Events => [.. Types().Select(t => Name(t))];

    public static TheoryData<string> Samples => Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileName(f)!)] : [];

    [Theory]
    [MemberData(nameof(Events))]
    public void Each_event_has_a_stored_sample(string name)
    {
        if (Environment.GetEnvironmentVariable("APPROVE") == "1" && !Directory.EnumerateFiles(Directory.CreateDirectory(Folder).FullName, $"{name}.*.json").Any())
        {
            var sample = AsStored((RequestEvent)Filled(Types().Single(t => Name(t) == name))!);
            File.WriteAllText(Path.Combine(Folder, $"{name}.1.json"), sample.ToJsonString(new() { WriteIndented = true }) + "\n");
        }

        Assert.True(Directory.Exists(Folder) && Directory.EnumerateFiles(Folder, $"{name}.*.json").Any(), $"No sample of {name} is stored. ./dev approve writes one.");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Each_stored_sample_is_still_read_whole(string file)
    {
        var stored = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!.AsObject();

        var read = RequestEvent.Read(file.Split('.')[0], stored.ToJsonString());

        Assert.True(read is not null, $"No event is called so any more; rows of it exist: {file}");
        var again = AsStored(read);
        Assert.All(stored, property => Assert.True(JsonNode.DeepEquals(property.Value, again[property.Key]), $"{file}: '{property.Key}' is lost or changed. Read the old shape too."));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void What_is_hashed_is_the_canonical_text_of_the_event(string name)
    {
        var type = Types().Single(t => Name(t) == name);
        var filled = (RequestEvent)Filled(type)!;

        Assert.Equal(CanonicalJson.Text(JsonSerializer.SerializeToNode(filled, type, RequestEvent.Json)), CanonicalJson.Text(filled.Write));
    }

    [Fact]
    public void Events_are_sealed_and_do_not_change() => Assert.All(
        Types(),
        type => Assert.True(type.IsSealed && type.GetProperties().All(p => p.SetMethod is null || IsInit(p.SetMethod)), $"{type.Name} must be a sealed record without setters."));

    private static JsonObject AsStored(RequestEvent what) => JsonNode.Parse(CanonicalJson.Text(what.Write))!.AsObject();

    private static IEnumerable<Type> Types() => typeof(RequestEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(RequestEvent)) && !t.IsAbstract);

    private static string Name(Type type) => char.ToLowerInvariant(type.Name[0]) + type.Name[1..];

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit");

    /// <summary>Something of the type, with nothing left empty.</summary>
    private static object? Filled(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => "text",
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => 7,
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero),
            _ when type == typeof(DateOnly) => new DateOnly(2026, 11, 23),
            _ when type == typeof(Guid) => new Guid("0197a000-0000-7000-8000-000000000001"),
            _ when type == typeof(JsonObject) => new JsonObject { ["name"] = "value" },
            _ when type == typeof(JsonArray) => new JsonArray("value"),
            { IsEnum: true } => Enum.GetValues(type).GetValue(0),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => FilledList(type.GetGenericArguments()[0]),
            _ => type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First() is var make
                ? make.Invoke([.. make.GetParameters().Select(p => Filled(p.ParameterType))])
                : null,
        };
    }

    private static Array FilledList(Type item)
    {
        var list = Array.CreateInstance(item, 1);
        list.SetValue(Filled(item), 0);
        return list;
    }
}
