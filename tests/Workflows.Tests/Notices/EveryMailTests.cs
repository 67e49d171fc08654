using ClientConnect.Testing;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;

namespace ClientConnect.Workflows.Tests.Notices;

/// <summary>Asked of every mail in <c>workflows/</c>, shared or an eService's own: a new one is covered the day it appears.</summary>
public sealed class EveryMailTests
{
    private readonly LiquidTemplates templates = new();

    public static TheoryData<string> Mails => new(
        Directory.EnumerateFiles(Repository.Workflows, "*.liquid", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.Workflows, f)).Where(f => Path.GetFileName(f) != "layout.liquid").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Mails))]
    public void A_mail_speaks_only_of_what_mails_may_know_and_can_be_worded(string file)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Workflows, file));
        var language = file.Split('.')[^2];

        Assert.Empty(templates.Faults(text));
        Assert.Empty(LiquidTemplates.Unknown(text, MailVocabulary.Sample));
        Assert.Contains(language, LocalText.Languages);
        Assert.Empty(new Composer(templates).Compose(text, language, MailVocabulary.Sample.ToJsonString(), Notices.Mails.SharedLayout).Faults);
    }

    [Fact]
    public void Every_mail_is_there_in_every_language()
    {
        var missing = from file in Directory.EnumerateFiles(Repository.Workflows, "*.en.liquid", SearchOption.AllDirectories)
                      from language in LocalText.Languages
                      let other = file.Replace(".en.liquid", $".{language}.liquid", StringComparison.Ordinal)
                      where !File.Exists(other)
                      select Path.GetRelativePath(Repository.Workflows, other);

        Assert.Empty(missing);
    }
}
