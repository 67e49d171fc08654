using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Composition;

/// <summary><c>export</c>: writes a release back into its folder under <c>workflows/</c>, with its outline; the seed says then what analysts released.</summary>
internal sealed class ExportVerb(string folder, string eService, string? hash) : Verbs
{
    public override async Task<int> RunAsync(WebApplication app)
    {
        if (!Directory.Exists(Path.Combine(folder, "_shared")))
        {
            Say(folder.Length == 0 ? "export <folder> <eService> [hash]: writes a release back into its folder below that one." : $"{folder} is no folder of eServices: it has no _shared.");
            return 2;
        }

        if (app.Services.GetService<MoveClock>() is { } clock) await clock.FollowAsync(CancellationToken.None);
        foreach (var fault in await app.Services.GetRequiredService<Preparation>().ReadReleasesAsync(CancellationToken.None)) Say($"A release can't be read: {fault}");
        var (catalogue, now) = (app.Services.GetRequiredService<Catalogue>(), app.Services.GetRequiredService<BusinessClock>().GetUtcNow());
        if (Chosen(catalogue, now) is not { } bundle)
        {
            Say(WhyNone(catalogue, now));
            return 1;
        }

        var there = await WorkflowsFolder.ReadAsync(folder, CancellationToken.None);
        var files = ReleaseFiles.Of(bundle, there.Folders.GetValueOrDefault(eService) ?? new Dictionary<string, string>(), there.Shared);
        await WriteAsync(Path.Combine(folder, eService), files);
        Say($"{eService} is release {bundle.Hash[..12]}.");
        foreach (var shared in files.Shared) Say($"{shared} is not as that release was made with it: with this folder alone it is another one.");
        return files.Shared.Count == 0 ? 0 : 1;
    }

    private EServiceBundle? Chosen(Catalogue catalogue, DateTimeOffset now) =>
        hash is null ? catalogue.InForce(eService, now) : catalogue.ReleasesOf(eService).LastOrDefault(r => r.Bundle.Hash.StartsWith(hash, StringComparison.Ordinal))?.Bundle;

    private string WhyNone(Catalogue catalogue, DateTimeOffset now)
    {
        var releases = catalogue.ReleasesOf(eService);
        if (releases.Count == 0) return $"There is no eService {eService}. There are: {string.Join(", ", catalogue.AllInForce(now).Select(b => b.Key))}.";
        return hash is null ? $"No release of {eService} is in force." : $"{eService} has no release whose hash begins with {hash}. It has: {string.Join(", ", releases.Select(r => r.Bundle.Hash[..12]).Distinct())}.";
    }

    private static async Task WriteAsync(string folder, ReleaseFolder files)
    {
        foreach (var (name, text) in files.Write)
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path) && await File.ReadAllTextAsync(path) == text) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text);
            Say($"Wrote {name}");
        }

        foreach (var name in files.Remove)
        {
            File.Delete(Path.Combine(folder, name));
            Say($"Removed {name}");
        }
    }
}
