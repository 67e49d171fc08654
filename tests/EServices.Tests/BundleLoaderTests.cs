using System.Text.Json.Nodes;
using static ClientConnect.EServices.Tests.ExemptionForm;

namespace ClientConnect.EServices.Tests;

/// <summary>Each thing that can be wrong in a folder, one by one: it is said with its file and place.</summary>
public class BundleLoaderTests
{
    [Theory]
    [InlineData("form.jsn", "{}", "No file of that name belongs here. Did you mean \"form.json\"?")]
    [InlineData("mail/decision.fr.liquid", "x", "No file of that name belongs here.")]
    [InlineData("mail/extra.en.liquid", "Hello", "The first line must begin with \"Subject: \".")]
    [InlineData("scenarios/a.yaml", "title: x", "The clock begins at a moment like 2026-11-23 10:00.")]
    [InlineData("scenarios/a.yaml", "steps: [", "Line ")]
    [InlineData("scenarios/a.yaml", "title: x\nclock: 2026-11-23 10:00\nsteps:\n- { does: aprove, by: me }", "Step 1: Nobody can \"aprove\".")]
    [InlineData("form.json", null, "The file is missing.")]
    [InlineData("workflow.json", null, "The file is missing.")]
    [InlineData("service.json", "{ \"key\": 1, \"key\": 2 }", "It can't be read: ")]
    [InlineData("service.json", "not json", "It can't be read: ")]
    [InlineData("workflow.json", "[]", "")]
    public async Task A_file_is_at_fault(string file, string? text, string message) =>
        Assert.Contains(await Folders.FaultsWithAsync(Key, file, text), f => f.File == file && f.Message.StartsWith(message, StringComparison.Ordinal));

    [Fact]
    public async Task A_mail_missing_in_one_language_is_named() =>
        Assert.Contains(await Folders.FaultsWithAsync(Key, "mail/exemption-decision.zh-Hans.liquid", null), f => f.ToString() == "mail/exemption-decision.zh-Hans.liquid: The mail is missing in this language.");

    [Theory]
    [InlineData("key", "\"set-9\"", "key", "It says \"set-9\", but the folder is \"set-1-buy-in-exemption\".")]
    [InlineData("code", "\"set1\"", "code", "It doesn't have the form ^[A-Z0-9]{2,12}$.")]
    [InlineData("category", "7", "category", "A text is expected.")]
    [InlineData("categry", "\"x\"", "categry", "\"categry\" isn't known here. Did you mean \"category\"?")]
    [InlineData("clearingHouses", "[\"HKEX\"]", "clearingHouses[0]", "One of these is expected: HKSCC, HKCC, SEOCH.")]
    [InlineData("clearingHouses", "[]", "clearingHouses", "At least 1 are expected.")]
    [InlineData("name", "{ \"en\": \"x\" }", "name.zh-Hant", "\"zh-Hant\" is missing.")]
    [InlineData("parts", "{ \"check\": 0, \"review\": 1, \"approval\": 1 }", "parts.check", "Nobody does the check: that needs an exemption for the rule \"check\", with its reason and owner.")]
    [InlineData("touches", "[{ \"key\": \"position:{lines[].posNo}\" }]", "touches[0].key", "The form has no field \"lines[].posNo\".")]
    [InlineData("register", "[{ \"name\": \"a\", \"kind\": \"shortposition\", \"key\": \"lines[].positionNo\" }]", "register[0].kind", "The register has no kind \"shortposition\". Did you mean \"short-position\"?")]
    public async Task Service_json_is_at_fault(string property, string value, string place, string message) =>
        Assert.Contains($"service.json at {place}: {message}", await Said("service.json", s => s[property] = JsonNode.Parse(value)));

    [Fact]
    public async Task A_missing_property_is_named() =>
        Assert.Contains("service.json at team: \"team\" is missing.", await Said("service.json", s => s.AsObject().Remove("team")));

    [Theory]
    [InlineData("name", "\"cutof\"", "workflow.json", "service.json has no deadline")]
    [InlineData("time", "\"7pm\"", "service.json", "It doesn't have the form")]
    [InlineData("time", "\"settings.noSuch\"", "service.json", "\"settings.noSuch\" is neither a time")]
    [InlineData("anchor", "\"answers.buyinDate\"", "service.json", "There is no answers.buyinDate. Did you mean \"buyInDate\"?")]
    [InlineData("anchor", "\"answers.\"", "service.json", "This is not JavaScript")]
    [InlineData("anchor", "\"new Date()\"", "service.json", "")]
    [InlineData("days", "\"lunar\"", "service.json", "\"lunar\" isn't known here")]
    public async Task A_deadline_is_at_fault(string property, string value, string file, string message)
    {
        var faults = await Folders.FaultsAfterAsync(Key, "service.json", s => s["deadlines"]![2]![property] = JsonNode.Parse(value));

        Assert.Contains(faults, f => f.File == file && f.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rules_of_one_name_must_part_by_when() =>
        Assert.Contains("service.json at deadlines[0]: Several rules are named \"cutOff\": all but the last need \"when\".", await Said("service.json", s => s["deadlines"]![0]!.AsObject().Remove("when")));

    [Theory]
    [InlineData("visibleWhen", "\"answers.settlementDate == null\"", "answers.settlementDate stands further down: only what is above can be used here.")]
    [InlineData("required", "\"answers.markt == 'HK'\"", "There is no answers.markt. Did you mean \"market\"?")]
    [InlineData("visibleWhen", "\"anwsers.market\"", "\"anwsers\" isn't known here")]
    [InlineData("visibleWhen", "\"while(true){}\"", "")]
    [InlineData("visibleWhen", "\"settings.none > 1\"", "There is no settings.none.")]
    [InlineData("pattern", "\"(?=x)\"", "The pattern can't be used; look-arounds and back-references don't exist here.")]
    [InlineData("type", "\"colour\"", "One of these is expected: text, ")]
    [InlineData("options", "[]", "A choice needs options.")]
    [InlineData("optionsFrom", "\"_shared/none.json#list\"", "The file is missing.")]
    [InlineData("hidden", "true", "Nobody can type into a hidden field: it needs value, calendar, lookup or count.")]
    [InlineData("name", "\"settlementDate\"", "The name stands here twice.")]
    [InlineData("lable", "{}", "\"lable\" isn't known here. Did you mean \"label\"?")]
    public async Task A_field_is_at_fault(string property, string value, string message)
    {
        var faults = await Folders.FaultsAfterAsync(Key, "form.json", f => f["sections"]![0]!["fields"]![0]![property] = JsonNode.Parse(value));

        Assert.Contains(faults, f => f.File is "form.json" or "_shared/none.json" && f.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("check", "deadline", "\"cutOf\"", "service.json has no deadline \"cutOf\". Did you mean \"cutOff\"?")]
    [InlineData("tellSent", "template", "\"send\"", "There is no mail \"send\": neither in mail/ nor in _shared/mail/.")]
    [InlineData("exempt", "kind", "\"exemption\"", "The register has no kind \"exemption\".")]
    public async Task The_drawing_names_what_is_not_there(string step, string input, string value, string message)
    {
        var faults = await Folders.FaultsAfterAsync(Key, "workflow.json", w =>
            w["root"]!["activities"]!.AsArray().Single(a => a!["id"]!.GetValue<string>() == step)![input]!["expression"]!["value"] = JsonNode.Parse(value));

        Assert.Contains(faults, f => f.File == "workflow.json" && f.Place == step && f.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_drawing_that_breaks_a_house_rule_does_not_load() =>
        Assert.Contains(
            await Folders.FaultsAfterAsync(Key, "workflow.json", w => w["root"]!["connections"]!.AsArray().Single(c => c!["source"]!.ToJsonString() == """{"activity":"review","port":"approve"}""")!["target"]!["activity"] = "outcome"),
            f => f.File == "workflow.json" && f.Message.Contains("clearing house approval", StringComparison.Ordinal));

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once() =>
        Assert.InRange((await Said("service.json", s =>
        {
            s["code"] = "?";
            s["team"] = 1;
            s["deadlines"]![0]!["plus"] = "one";
        })).Count, 3, 4);

    private static async Task<IReadOnlyList<string>> Said(string file, Action<JsonNode> change) =>
        [.. (await Folders.FaultsAfterAsync(Key, file, change)).Select(f => f.ToString())];
}
