using System.Text;
using ClientConnect.Testing;
using ClientConnect.Workflows.Notices;

namespace ClientConnect.Workflows.Tests.Notices;

/// <summary>The mails about messages on a request, as they read: who wrote on which request, and nothing of what was written.</summary>
public sealed class MessageMailsTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hant")]
    [InlineData("zh-Hans")]
    public async Task Each_side_reads_as_agreed(string language)
    {
        var mails = new StringBuilder();
        foreach (var template in new[] { MessageNotices.ToHouse, MessageNotices.ToFirm })
        {
            var text = await File.ReadAllTextAsync(Path.Combine(Repository.Workflows, "_shared", "mail", $"{template}.{language}.liquid"), TestContext.Current.CancellationToken);
            var composed = new Composer(new LiquidTemplates()).Compose(text, language, MailVocabulary.Sample.ToJsonString(), "{{ body }}");
            Assert.Empty(composed.Faults);
            mails.Append(composed.Mail!.Subject).Append("\n\n").Append(composed.Mail.Text).Append("\n────\n");
        }

        Golden.Matches(mails.ToString(), $"Golden/messages.{language}.txt");
    }
}
