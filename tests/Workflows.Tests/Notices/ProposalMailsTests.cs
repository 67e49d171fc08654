using System.Globalization;
using System.Text;
using ClientConnect.Testing;
using ClientConnect.Testing.Database;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using Microsoft.Extensions.Time.Testing;

namespace ClientConnect.Workflows.Tests.Notices;

/// <summary>The mails about release proposals, as they read.</summary>
public sealed class ProposalMailsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly Guid Proposal = new("01890000-0000-7000-8000-000000000001");

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hant")]
    [InlineData("zh-Hans")]
    public async Task Each_news_reads_as_agreed(string language)
    {
        var mails = new StringBuilder();
        foreach (var news in Enum.GetValues<ProposalNews>())
        {
            mails.Append(await WordedAsync(news, language, "Ng Ka Yan", "The reminder\nis missing.")).Append("\n────\n");
        }

        mails.Append(await WordedAsync(ProposalNews.Waits, language, by: null, words: null));

        Golden.Matches(mails.ToString(), $"Golden/proposals.{language}.txt");
    }

    private async Task<string> WordedAsync(ProposalNews news, string language, string? by, string? words)
    {
        await using var db = await database.Contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        var from = DateTimeOffset.Parse("2026-12-01T09:00:00+08:00", CultureInfo.InvariantCulture);
        new ProposalNotices(new FakeTimeProvider(from), new PortalAddress("https://portal.example")).Add(db, new ProposalNotice(
            news, Proposal, 3, from, "Set 1", new LocalText("Exemption of buy-in", "豁免補購", "豁免补购"), by, words, from,
            [new ContactPerson(UserId.New(), "Chan Tai Man", null, null, "analyst@clearing.example", language)]));
        var notice = db.ChangeTracker.Entries<Notice>().Single().Entity;
        var template = await File.ReadAllTextAsync(Path.Combine(Repository.Workflows, "_shared", "mail", $"{notice.Template}.{notice.Language}.liquid"), TestContext.Current.CancellationToken);
        var composed = new Composer(new LiquidTemplates()).Compose(template, notice.Language, MailModel.Addressed(notice.Model, notice.RecipientName), "{{ body }}");
        Assert.Empty(composed.Faults);
        return $"{composed.Mail!.Subject}\n\n{composed.Mail.Text}";
    }
}
