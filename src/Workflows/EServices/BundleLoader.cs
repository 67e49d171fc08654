using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices;

/// <summary>
/// Reads an eService's folder into a bundle, or says everything that is wrong with it, by file and place. The same checks
/// hold for the seed, for what analysts release, and for a release that comes back from the database.
/// </summary>
public sealed class BundleLoader
{
    private const string Shared = "_shared/";
    private readonly Schemas schemas;
    private readonly IReadOnlyDictionary<string, string> shared;

    // A bundle never changes: the same texts are read once, however many hosts of one process ask for them.
    private readonly ConcurrentDictionary<string, BundleReading> folders = new(StringComparer.Ordinal);

    private BundleLoader(Schemas schemas, IReadOnlyDictionary<string, string> shared)
    {
        (this.schemas, this.shared) = (schemas, shared);
        Kinds = ReadKinds();
    }

    /// <summary>The kinds of register entries that eServices share; null where the file is missing or faulty.</summary>
    public IReadOnlyDictionary<string, RegisterKind>? Kinds { get; }

    public static async Task<BundleLoader> CreateAsync(WorkflowsFolder folder, CancellationToken ct) =>
        new(await Schemas.ReadAsync(folder.Schemas, ct), folder.Shared.ToDictionary(f => Shared + f.Key, f => f.Value, StringComparer.Ordinal));

    /// <param name="key">The folder's name, which is the eService's key.</param>
    /// <param name="files">Its texts, by path with slashes.</param>
    public BundleReading Load(string key, IReadOnlyDictionary<string, string> files) => folders.GetOrAdd(Fingerprint(key, files), _ => Read(key, files));

    private static string Fingerprint(string key, IReadOnlyDictionary<string, string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (file, text) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file}\0{text}\0"));
        }

        return $"{key} {Convert.ToHexString(hash.GetHashAndReset())}";
    }

    private BundleReading Read(string key, IReadOnlyDictionary<string, string> files)
    {
        var all = new Dictionary<string, string>(shared, StringComparer.Ordinal);
        foreach (var (file, text) in files)
        {
            all[file] = text;
        }

        return new BundleReader(schemas, Kinds, key, all).Read();
    }

    /// <summary>A release as it was stored: it brings the shared files that it was made with.</summary>
    public BundleReading Load(string key, JsonObject document) =>
        document["files"] is JsonObject files
            ? new BundleReader(schemas, null, key, files.ToDictionary(f => f.Key, f => f.Value.Text() ?? f.Value?.ToJsonString() ?? "", StringComparer.Ordinal)).Read()
            : new(null, [new BundleFault("", "files", "The document holds no files.") { Code = BundleFaultCodes.FileMissing }]);

    /// <summary>A draft: what it names of the shared files it may name anew, so those of this build stand behind its own.</summary>
    public BundleReading LoadDraft(string key, JsonObject document)
    {
        var all = new Dictionary<string, string>(shared, StringComparer.Ordinal);
        foreach (var (file, content) in document["files"] as JsonObject ?? [])
        {
            all[file] = content.Text() ?? content?.ToJsonString() ?? "";
        }

        return new BundleReader(schemas, Kinds, key, all).Read();
    }

    private Dictionary<string, RegisterKind>? ReadKinds()
    {
        const string File = Shared + "register.json";
        try
        {
            return shared.TryGetValue(File, out var text) && !schemas.Check("register", File, text).Any()
                ? JsonSerializer.Deserialize<Dictionary<string, RegisterKind>>(BundleReader.WithoutSchema(Json.ParseFile(text)), Json.Options)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
