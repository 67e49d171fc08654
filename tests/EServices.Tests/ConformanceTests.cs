using System.Text.RegularExpressions;
using ClientConnect.Testing;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.EServices.Tests;

/// <summary>What every eService must be, whichever is added: nothing here knows one of them.</summary>
public partial class ConformanceTests
{
    [Fact]
    public async Task What_all_eServices_share_has_no_fault()
    {
        var folder = await Folders.Folder;

        Assert.Empty(Workflows.Calendar.CalendarReader.Read(folder.Calendar).Faults);
        Assert.NotNull((await Folders.Loader).Kinds);
        Assert.All(folder.Shared.Keys, file => Assert.Matches(SharedFile(), file));
    }

    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task An_eService_loads_without_a_fault(string key) => Assert.Equal(key, (await Folders.BundleAsync(key)).Key);

    [Fact]
    public async Task The_README_lists_all_of_them_with_a_link_each()
    {
        const string Begin = "<!-- eServices: written by ./dev approve Conformance -->\n", End = "<!-- /eServices -->";
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken);
        var (from, to) = (readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, readme.IndexOf(End, StringComparison.Ordinal));
        var services = (await Task.WhenAll(Folders.Keys.Select(k => Folders.BundleAsync(k.Data)))).Select(b => b.Service).OrderBy(s => s.Id.TrimEnd([.. "0123456789"]), StringComparer.Ordinal).ThenBy(s => Number().Match(s.Id).Value.PadLeft(4, '0'), StringComparer.Ordinal);
        var rows = from category in await CategoriesAsync()
                   from service in services
                   where service.Category == category.Key
                   select $"| [{service.Id}](workflows/{service.Key}) | {service.Name.En} | {category.Name} | {string.Join(", ", service.ClearingHouses.Select(c => c.ToString().ToUpperInvariant()))} |";

        Golden.Matches($"{readme[..from]}\n| | eService | category | clearing houses |\n|---|---|---|---|\n{string.Concat(rows.Select(r => r + "\n"))}\n{readme[to..]}", Path.Combine(Repository.Root, "README.md"));
    }

    private static async Task<IReadOnlyList<(string Key, string Name)>> CategoriesAsync() =>
        [.. System.Text.Json.Nodes.JsonNode.Parse((await Folders.Folder).Shared["catalogue.json"])!["categories"]!.AsArray().Select(c => (c!["key"]!.GetValue<string>(), c["label"]!["en"]!.GetValue<string>()))];

    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task The_eServices_that_its_form_points_to_are_there(string key) =>
        Assert.Empty((await Folders.BundleAsync(key)).Form.Fields.Select(f => f.LeadsTo?.EService).OfType<string>().Except(Folders.Keys.Select(k => k.Data)));

    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task It_stands_in_a_category_of_the_catalogue(string key)
    {
        var categories = await CategoriesAsync();

        Assert.Contains((await Folders.BundleAsync(key)).Service.Category, categories.Select(c => c.Key));
    }

    [Fact]
    public async Task What_the_demonstration_holds_is_of_known_kinds_and_values()
    {
        var entries = System.Text.Json.Nodes.JsonNode.Parse((await Folders.Folder).Shared["demonstration.json"])!["entries"]!.AsArray();
        var own = (await Task.WhenAll(Folders.Keys.Select(k => Folders.BundleAsync(k.Data)))).SelectMany(b => b.Service.Kinds);
        var kinds = (await Folders.Loader).Kinds!.Concat(own).ToDictionary(k => k.Key, k => k.Value);

        Assert.All(entries, entry => Assert.Empty(entry!["values"]!.AsObject().Select(v => v.Key).Except(kinds[entry["kind"]!.GetValue<string>()].Values.Keys)));
        Assert.Equal(entries.Count, entries.DistinctBy(e => (e!["kind"]!.ToString(), e["key"]!.ToString(), e["clearingHouse"]?.ToString(), e["membership"]?.ToString())).Count());
    }

    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task Its_outline_is_the_agreed_one(string key) =>
        Golden.Matches(FlowOutline.Of((await Folders.BundleAsync(key)).Flow, (await Folders.BundleAsync(key)).Labels), Path.Combine(Repository.Workflows, key, "outline.txt"));

    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task It_has_stories_that_read(string key)
    {
        var stories = (await Folders.BundleAsync(key)).Scenarios;

        Assert.InRange(stories.Count, 2, 30);
        Assert.All(stories.Values, s => Assert.Empty(Scenario.Read(s).Faults));
    }

    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task It_is_the_same_release_however_it_is_laid_out_and_wherever_it_was_stored(string key)
    {
        var bundle = await Folders.BundleAsync(key);
        var files = (await Folders.Folder).Folders[key].ToDictionary(f => f.Key, f => f.Value.Replace("\n", "\r\n", StringComparison.Ordinal));
        var loader = await Folders.Loader;

        Assert.Equal(bundle.Hash, loader.Load(key, files).Bundle?.Hash);
        Assert.Equal(bundle.Hash, loader.Load(key, bundle.Document).Bundle?.Hash);
        Assert.Equal(bundle.Hash, CanonicalJson.Hash(bundle.Document));
    }

    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task Every_word_of_it_counts_for_the_hash(string key)
    {
        var bundle = await Folders.BundleAsync(key);
        var files = (await Folders.Folder).Folders[key];
        var loader = await Folders.Loader;

        var worded = files.Keys.Where(f => f.StartsWith("mail/", StringComparison.Ordinal) || f.EndsWith(".yaml", StringComparison.Ordinal));
        Assert.All(worded, file => Assert.NotEqual(bundle.Hash, loader.Load(key, new Dictionary<string, string>(files) { [file] = files[file] + "# One more word.\n" }).Bundle!.Hash));
    }

    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task Every_step_has_what_Elsa_Studio_needs_to_draw_it(string key)
    {
        var root = System.Text.Json.Nodes.JsonNode.Parse((await Folders.Folder).Folders[key]["workflow.json"])!["root"]!;

        Assert.All(root["activities"]!.AsArray(), step =>
        {
            Assert.Equal($"Workflow1:{root["id"]}:{step!["id"]}", step["nodeId"]!.GetValue<string>());
            Assert.NotNull(step["metadata"]!["designer"]!["position"]!["x"]);
            Assert.NotNull(step["metadata"]!["displayText"]);
            Assert.NotNull(step["customProperties"]);
            Assert.Equal(1, step["version"]!.GetValue<int>());
        });
        Assert.All(root["connections"]!.AsArray(), c => Assert.NotNull(c!["vertices"]));
    }

    [GeneratedRegex("[0-9]+$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^(header\.json|catalogue\.json|names\.json|demonstration\.json|register\.json|reasons\.json|calendar/[a-z0-9-]+\.json|mail/(layout|((proposals|calendars)/)?[a-z-]+\.(en|zh-Hant|zh-Hans))\.liquid)\z")]
    private static partial Regex SharedFile();
}
