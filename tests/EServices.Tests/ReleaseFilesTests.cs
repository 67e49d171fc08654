using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.EServices.Tests;

/// <summary>A release written back into its folder: nothing but what was changed differs, and what is read from it is the same release.</summary>
public class ReleaseFilesTests
{
    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task A_folder_that_is_what_was_released_stays_as_it_is(string key)
    {
        var folder = await Folders.Folder;

        var files = ReleaseFiles.Of(AsStored(await Folders.BundleAsync(key)), folder.Folders[key], folder.Shared);

        Assert.Empty(files.Remove);
        Assert.Empty(files.Shared);
        Assert.All(files.Write, f => Assert.Equal(folder.Folders[key][f.Key], f.Value));
    }

    [Theory]
    [MemberData(nameof(Folders.Keys), MemberType = typeof(Folders))]
    public async Task What_is_read_from_the_files_is_the_same_release_and_only_changed_lines_differ(string key)
    {
        var folder = await Folders.Folder;
        var released = AsStored(await ChangedAsync(key));

        var files = ReleaseFiles.Of(released, folder.Folders[key], folder.Shared);
        var again = (await Folders.Loader).Load(key, files.Write);

        Assert.Equal(released.Hash, again.Bundle?.Hash);
        Assert.Equal(["outline.txt", "workflow.json"], files.Write.Where(f => f.Value != folder.Folders[key][f.Key]).Select(f => f.Key).Order());
        var (before, after) = (folder.Folders[key]["workflow.json"].Split('\n'), files.Write["workflow.json"].Split('\n'));
        Assert.InRange(after.Except(before).Count(), 1, 2);
    }

    [Fact]
    public async Task Into_an_empty_folder_all_is_written_and_what_the_release_has_not_is_taken_away()
    {
        var folder = await Folders.Folder;
        var key = folder.Folders.Keys.First();
        var bundle = AsStored(await Folders.BundleAsync(key));

        var fresh = ReleaseFiles.Of(bundle, new Dictionary<string, string>(), folder.Shared);
        var more = ReleaseFiles.Of(bundle, new Dictionary<string, string>(folder.Folders[key]) { ["mail/another.en.liquid"] = "Subject: x" }, folder.Shared);
        var other = ReleaseFiles.Of(bundle, folder.Folders[key], new Dictionary<string, string>(folder.Shared) { ["header.json"] = "{}" });

        Assert.Equal(bundle.Hash, (await Folders.Loader).Load(key, fresh.Write).Bundle?.Hash);
        Assert.Equal(["mail/another.en.liquid"], more.Remove);
        Assert.Equal(["_shared/header.json"], other.Shared);
    }

    private static async Task<EServiceBundle> ChangedAsync(string key)
    {
        var texts = new Dictionary<string, string>((await Folders.Folder).Folders[key]);
        var drawing = JsonNode.Parse(texts["workflow.json"])!;
        drawing["root"]!["activities"]![1]!["name"] = "Called otherwise";
        drawing["root"]!["activities"]![1]!["metadata"]!["displayText"] = "Called otherwise";
        texts["workflow.json"] = drawing.ToJsonString();
        return (await Folders.Loader).Load(key, texts).Bundle!;
    }

    // The database gives members back in an order of its own.
    private static EServiceBundle AsStored(EServiceBundle bundle) => bundle with { Document = JsonNode.Parse(CanonicalJson.Text(bundle.Document))!.AsObject() };
}
