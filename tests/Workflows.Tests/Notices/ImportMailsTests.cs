using System.Text;
using ClientConnect.Testing;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Workflows.Tests.Notices;

/// <summary>The mails about calendars' files, as they read.</summary>
public sealed class ImportMailsTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hant")]
    [InlineData("zh-Hans")]
    public async Task Each_news_reads_as_agreed(string language)
    {
        var mails = new StringBuilder();
        foreach (var (news, market) in Enum.GetValues<ImportNews>().SelectMany(n => Enum.GetValues<Market>().Select(m => (n, m))))
        {
            var text = await File.ReadAllTextAsync(
                Path.Combine(Repository.Workflows, "_shared", "mail", $"{ImportNotices.Folder}{news.ToString().ToLowerInvariant()}.{language}.liquid"), TestContext.Current.CancellationToken);
            var model = MailVocabulary.Sample;
            model["calendar"]!["market"] = market.ToString();
            var composed = new Composer(new LiquidTemplates()).Compose(text, language, model.ToJsonString(), "{{ body }}");
            Assert.Empty(composed.Faults);
            mails.Append(composed.Mail!.Subject).Append("\n\n").Append(composed.Mail.Text).Append("\n────\n");
        }

        Golden.Matches(mails.ToString(), $"Golden/calendars.{language}.txt");
    }
}
