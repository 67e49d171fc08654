using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Each page opens for those whom the permission table lets in, and for nobody else.</summary>
public sealed class DoorsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private static readonly Dictionary<string, Account> People = new()
    {
        ["maker"] = Cast.Maker,
        ["checker"] = Cast.Checker,
        ["reviewer"] = Cast.Reviewer,
        ["approver"] = Cast.Approver,
        ["supervisor"] = Cast.Supervisor,
        ["analyst"] = Cast.Analyst,
        ["administrator"] = Cast.Administrator,
        ["auditor"] = Cast.Auditor,
    };

    [Theory]
    [InlineData("/", "maker checker reviewer approver supervisor analyst administrator auditor")]
    [InlineData("/catalogue", "maker checker reviewer approver supervisor analyst administrator auditor")]
    [InlineData("/notices", "maker checker reviewer approver supervisor analyst administrator auditor")]
    [InlineData("/account", "maker checker reviewer approver supervisor analyst administrator auditor")]
    [InlineData("/requests", "maker checker reviewer approver supervisor auditor")]
    [InlineData("/inbox", "maker checker reviewer approver supervisor")]
    [InlineData("/operators", "supervisor administrator auditor")]
    [InlineData("/designer", "analyst auditor")]
    [InlineData("/designer/" + PortalWithMail.Exemption, "analyst auditor")]
    [InlineData("/designer/" + PortalWithMail.Exemption + "/comparison?from=1&to=1", "analyst auditor")]
    [InlineData("/designer/studio/" + PortalWithMail.Exemption, "analyst")]
    [InlineData("/designer/studio/_framework/blazor.webassembly.js", "analyst")]
    [InlineData("/elsa/api/workflow-definitions", "analyst")]
    [InlineData("/elsa/api/descriptors/activities", "analyst")]
    public async Task A_page_opens_for_those_who_may(string path, string who)
    {
        var opens = new List<string>();
        foreach (var (name, account) in People)
        {
            var status = (int)(await (await market.As(account)).GetAsync(path)).Status;
            Assert.Contains(status, new[] { 200, 403 });
            if (status == 200) opens.Add(name);
        }

        Assert.Equal(who, string.Join(' ', opens));
    }

    [Theory]
    [InlineData("/requests/00000000-0000-0000-0000-000000000001")]
    [InlineData("/requests/no-id")]
    [InlineData("/tasks/no-id")]
    [InlineData("/catalogue/no-such-eservice")]
    public async Task What_is_not_there_is_a_page_that_says_so(string path)
    {
        var answer = await (await market.As(Cast.Maker)).GetAsync(path);

        Assert.Equal(404, (int)answer.Status);
        Assert.Contains("There is nothing here", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_that_is_chosen_stays_and_leads_nowhere_else()
    {
        var person = await market.As(Cast.B09003.Maker);

        var answer = await person.PostFormAsync("/language", new() { ["language"] = "zh-Hant", ["back"] = "//elsewhere.example" }, "/");

        Assert.Equal("/", answer.Location!.ToString());
        Assert.Contains("lang=\"zh-Hant\"", (await person.GetAsync("/requests")).Body, StringComparison.Ordinal);
        Assert.Contains("lang=\"zh-Hant\"", (await (await market.As(Cast.B09003.Maker)).GetAsync("/")).Body, StringComparison.Ordinal);
    }
}
