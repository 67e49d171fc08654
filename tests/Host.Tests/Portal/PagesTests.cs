using System.Text.RegularExpressions;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Tests.Portal;

public sealed partial class PagesTests
{
    public static TheoryData<string, string> All => new(Gallery.Pages.Keys.SelectMany(page => LocalText.Languages.Select(language => (page, language))));

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_page_keeps_the_policy_and_every_form_can_be_sent(string page, string language)
    {
        var html = await Gallery.Pages[page](language);

        if (Environment.GetEnvironmentVariable("GALLERY") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{page}.{language}.html"), html, TestContext.Current.CancellationToken);
        }

        Assert.DoesNotMatch(InlineStyle(), html);
        Assert.DoesNotMatch(InlineScript(), html);
        Assert.DoesNotMatch(Handler(), html);
        foreach (Match form in PostForm().Matches(html))
        {
            Assert.Contains("name=\"__RequestVerificationToken\" value=\"token\"", form.Value, StringComparison.Ordinal);
            Assert.Matches("name=\"operation\" value=\"[0-9a-f-]{36}\"", form.Value);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_id_is_there_once_and_every_label_and_description_meets_one(string page, string language)
    {
        var html = await Gallery.Pages[page](language);
        var ids = Id().Matches(html).Select(m => m.Groups[1].Value).ToList();

        Assert.Empty(ids.GroupBy(id => id).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(Reference().Matches(html).SelectMany(m => m.Groups[1].Value.Split(' ')).Except(ids));
    }

    [Fact]
    public async Task A_page_stays_within_its_budget()
    {
        foreach (var (name, page) in Gallery.Pages)
        {
            var html = await page("en");
            Assert.True(html.Length <= 60_000, $"{name} is {html.Length} characters");
            using var compressed = new MemoryStream();
            await using (var gzip = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
            {
                await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(html), TestContext.Current.CancellationToken);
            }

            Assert.True(compressed.Length <= 30_000, $"{name} is {compressed.Length} bytes compressed");
        }
    }

    [GeneratedRegex(@"\sstyle\s*=|<style\b", RegexOptions.IgnoreCase)]
    private static partial Regex InlineStyle();

    [GeneratedRegex(@"<script\b(?![^>]*\bsrc=""/)", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    [GeneratedRegex(@"<[^>]+\son[a-z]+\s*=|javascript:|hx-on", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex(@"<form method=""post"".*?</form>", RegexOptions.Singleline)]
    private static partial Regex PostForm();

    [GeneratedRegex(@"\sid=""([^""]+)""")]
    private static partial Regex Id();

    [GeneratedRegex(@"\s(?:for|aria-labelledby|aria-describedby|form)=""([^""]+)""")]
    private static partial Regex Reference();
}
