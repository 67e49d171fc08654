using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>What a second analyst reads on a proposal's page: each change in a plain sentence, each fault with what to do; and its code in the API.</summary>
public sealed partial class ReleaseWordsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Exemption = PortalWithMail.Exemption;
    private const string Page = "/designer/" + Exemption;

    [Theory]
    [InlineData("workflow.json", "root.activities[approval].quorum", """{ "typeName": "Int32", "expression": { "type": "Literal", "value": "2" } }""", "Clearing-house approval now needs two people (step 'Second review'; before: one person).")]
    [InlineData("workflow.json", "root.activities[tellSent]", null, "On approval at 'Participant's check' the maker and the checker are no longer told (mail 'sent').")]
    [InlineData("workflow.json", "root.activities[tellSent].to.expression.value", "\"[\\\"checker\\\"]\"", "On approval at 'Participant's check' the checker is told (mail 'sent').")]
    [InlineData("workflow.json", "root.activities[check].metadata.displayText", "\"The firm's check\"", "The step 'Participant's check' is now called 'The firm's check'.")]
    [InlineData("service.json", "deadlines[decisionDue].time", "\"10:30\"", "The deadline 'Decision due' (decisionDue) moved: it is now on answers.buyInDate, counted in calendar days, at 10:30 (before: on answers.buyInDate, counted in calendar days, at 09:30).")]
    [InlineData("service.json", "settings.cutOffTime.value", "\"18:00\"", "The setting 'cutOffTime' is now 18:00 (before: 19:00): that moves the deadline 'Cut-off'.")]
    [InlineData("service.json", "team", "\"clearing\"", "The eService's team is now clearing (before: settlement).")]
    [InlineData("form.json", "sections[0].fields[market].label.en", "\"Which market\"", "The field 'Which market' (market): label is now 'Which market' (before: 'Market').")]
    [InlineData("mail/exemption-decision.en.liquid", "", "\nOne more line.\n", "The mail 'exemption-decision' was reworded in English: 2 lines new.")]
    public async Task A_change_is_said_on_the_proposal_in_one_plain_sentence(string file, string place, string? value, string sentence)
    {
        var analyst = await Drafts(file, place, value);

        var page = (await (await market.As(Cast.Analyst2)).GetAsync(await analyst.Proposes(Exemption))).Accepted();

        Assert.Contains(sentence, Said(page, "proposal-change"));
    }

    [Theory]
    [InlineData("service.json", "exemptions", """[{ "rule": "dead-step", "reason": "For later.", "owner": "Head of settlement" }]""", "exemption", "The rule \"dead-step\" holds here without an exemption.")]
    [InlineData("service.json", "exemptions", """[{ "rule": "dead-stop", "reason": "For later.", "owner": "Head of settlement" }]""", "exemption", "\"dead-stop\" is no house rule.")]
    [InlineData("service.json", "exemptions", """[{ "rule": "dead-step", "reason": " ", "owner": "Head of settlement" }]""", "exemption", "An exemption says its reason, and who answers for it.")]
    [InlineData("service.json", "exemptions", """[{ "rule": "dead-step", "reason": "For later." }]""", "schema", "\"owner\" is missing.")]
    [InlineData("service.json", "team", "7", "schema", "A text is expected.")]
    [InlineData("form.json", "sections[0].fields[market].options", "[]", "options", "A choice needs options.")]
    [InlineData("mail/exemption-decision.en.liquid", null, null, "mail-language", "The mail is missing in this language.")]
    [InlineData("workflow.json", "root.activities[tellRejectedByChecker]", null, "maker-told", "Participant's check")]
    public async Task What_keeps_it_from_being_a_release_is_refused_with_its_sentence_and_its_code(string file, string? place, string? value, string code, string sentence)
    {
        var analyst = await Drafts(file, place, value);

        var shown = (await analyst.GetAsync(Page + "/draft")).Accepted();
        var posted = await analyst.Presses(Page + "/proposals", Page + "/draft", ("note", ""));
        var published = await analyst.Saves(await analyst.Opens(Exemption), publish: true);

        Assert.Contains(Said(shown, "draft-problems"), s => s.Contains(sentence, StringComparison.Ordinal));
        Assert.Equal(422, (int)posted.Status);
        Assert.DoesNotMatch(@"\b1 problems", posted.Words());
        published.Refused("release-is-at-fault");
        Assert.Contains(published.Problem!.Body["fields"]!.AsArray(), f => f.Text("code") == code && f.Text("message").Contains(sentence, StringComparison.Ordinal));
        Assert.Equal(0L, await market.Database.ValueAsync<long>("SELECT count(*) FROM eservices.release_proposal WHERE state = 'Open'"));
    }

    // The items of a section's list, without tags.
    private static List<string> Said(Answer page, string section)
    {
        var from = page.Body.IndexOf($"id=\"{section}\"", StringComparison.Ordinal);
        return [.. Item().Matches(page.Body[from..page.Body.IndexOf("</ul>", from, StringComparison.Ordinal)]).Select(m => (page with { Body = m.Groups[1].Value }).Words().Trim())];
    }

    // A draft of the first analyst's with one thing changed: Studio changes drawings, all else comes from files.
    private async Task<Person> Drafts(string file, string? place, string? value)
    {
        await market.Database.OwnerRunsAsync("DELETE FROM eservices.release_draft");
        await market.Database.OwnerRunsAsync("DELETE FROM eservices.release_proposal WHERE state = 'Open'");
        var analyst = await market.As(Cast.Analyst);
        Assert.Equal(303, (int)(await analyst.Edits(Exemption)).Status);
        var document = JsonNode.Parse((await market.Database.ValueAsync<string>("SELECT document::text FROM eservices.release_draft"))!)!;
        Change(document["files"]!.AsObject(), file, place, value);
        await market.Database.OwnerRunsAsync("UPDATE eservices.release_draft SET document = $1::jsonb", document.ToJsonString());
        return analyst;
    }

    private static void Change(JsonObject files, string file, string? place, string? value)
    {
        if (place is null)
        {
            Assert.True(files.Remove(file));
            return;
        }

        if (place.Length == 0)
        {
            files[file] = files.Text(file) + value;
            return;
        }

        var steps = Step().Matches(place).Select(m => m.Groups[1].Value).ToList();
        var at = steps.SkipLast(1).Aggregate(files[file]!, Within);
        if (value is not null) at[steps[^1]] = JsonNode.Parse(value);
        else Drop(files[file]!, Within(at, steps[^1]));
    }

    private static JsonNode Within(JsonNode node, string step) => node is not JsonArray items ? node[step]!
        : int.TryParse(step, out var i) ? items[i]!
        : items.First(item => (string?)(item!["id"] ?? item["name"]) == step)!;

    // What led to the step leads to what came after it.
    private static void Drop(JsonNode workflow, JsonNode step)
    {
        var (id, connections) = (step.Text("id"), workflow["root"]!["connections"]!.AsArray());
        var after = connections.Single(c => c!["source"].Text("activity") == id)!;
        foreach (var led in connections.Where(c => c!["target"].Text("activity") == id)) led!["target"] = after["target"]!.DeepClone();
        connections.Remove(after);
        workflow["root"]!["activities"]!.AsArray().Remove(step);
    }

    [GeneratedRegex(@"([\w-]+)")]
    private static partial Regex Step();

    [GeneratedRegex("<li>(.*?)</li>", RegexOptions.Singleline)]
    private static partial Regex Item();
}
