using System.Text;
using ClientConnect.Testing;
using ClientConnect.Workflows.Notices;

namespace ClientConnect.Workflows.Tests.Notices;

/// <summary>The mail about a published file, as it reads.</summary>
public sealed class PublicationMailsTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hant")]
    [InlineData("zh-Hans")]
    public async Task It_reads_as_agreed(string language)
    {
        var mails = new StringBuilder();
        foreach (var template in new[] { PublicationNotices.Template })
        {
            var text = await File.ReadAllTextAsync(Path.Combine(Repository.Workflows, "_shared", "mail", $"{template}.{language}.liquid"), TestContext.Current.CancellationToken);
            var composed = new Composer(new LiquidTemplates()).Compose(text, language, MailVocabulary.Sample.ToJsonString(), "{{ body }}");
            Assert.Empty(composed.Faults);
            mails.Append(composed.Mail!.Subject).Append("\n\n").Append(composed.Mail.Text).Append("\n────\n");
        }

        Golden.Matches(mails.ToString(), $"Golden/publications.{language}.txt");
    }
}
