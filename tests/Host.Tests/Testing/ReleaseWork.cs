using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Testing;

/// <summary>What analysts do, in the calls that their pages and Studio make.</summary>
internal static partial class ReleaseWork
{
    public const string Definitions = "/elsa/api/workflow-definitions";

    /// <summary>The button that begins a draft or takes its lease.</summary>
    public static async Task<Answer> Edits(this Person analyst, string eService) => await analyst.Presses($"/designer/{eService}/draft", $"/designer/{eService}");

    public static Task<Answer> Leaves(this Person analyst, string eService) => analyst.Presses($"/designer/{eService}/draft/leave", $"/designer/{eService}/draft");

    public static async Task<JsonObject> Opens(this Person analyst, string eService) =>
        (await analyst.GetAsync($"{Definitions}/by-definition-id/{eService}?versionOptions=Latest")).Accepted().Json.AsObject();

    /// <summary>Studio's save of what it opened.</summary>
    public static Task<Answer> Saves(this Person analyst, JsonNode model, bool publish = false) =>
        analyst.SendsJsonAsync(HttpMethod.Post, Definitions, new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish });

    /// <summary>Opens the draft, calls a step otherwise, and saves.</summary>
    public static async Task<Answer> Renames(this Person analyst, string eService, string step, string name, bool publish = false)
    {
        var model = await analyst.Opens(eService);
        Step(model, step)["name"] = name;
        Step(model, step)["metadata"]!["displayText"] = name;
        return await analyst.Saves(model, publish);
    }

    public static JsonObject Step(JsonNode model, string id) => model["root"]!["activities"]!.AsArray().Single(a => a.Text("id") == id)!.AsObject();

    public static bool MayBeChanged(JsonNode definition) => definition["links"]!.AsArray().Any(l => l.Text("rel") == "publish");

    /// <summary>Proposes the draft from its page; gives the proposal's address.</summary>
    public static async Task<string> Proposes(this Person analyst, string eService, string note = "")
    {
        var answer = await analyst.Presses($"/designer/{eService}/proposals", $"/designer/{eService}/draft", ("note", note));
        Assert.True((int)answer.Status == 303, answer.ToString());
        return answer.Location!.ToString().Split('?')[0];
    }

    public static Task<Answer> Releases(this Person analyst, string proposal, string date = "", string time = "") =>
        analyst.Presses(proposal + "/release", "/designer", ("date", date), ("time", time));

    public static async Task<Answer> Presses(this Person person, string address, string page, params (string Name, string Value)[] fields)
    {
        var form = fields.ToDictionary(f => f.Name, f => f.Value);
        form["operation"] = Guid.NewGuid().ToString();
        return await person.PostFormAsync(address, form, (await person.GetAsync(page)).Body.Contains("__RequestVerificationToken", StringComparison.Ordinal) ? page : "/account");
    }

    /// <summary>The eService's flow with a step called otherwise is in force: drafted by one analyst, released by the other.</summary>
    public static async Task ReleasesAnother(this PortalWithMail market, string eService, string step, string name)
    {
        var (one, other) = (await market.As(Cast.Analyst), await market.As(Cast.Analyst2));
        Assert.Equal(303, (int)(await one.Edits(eService)).Status);
        (await one.Renames(eService, step, name)).Accepted();
        Assert.Equal(303, (int)(await other.Releases(await one.Proposes(eService))).Status);
        await market.Until(async () => (await other.GetAsync($"/designer/{eService}")).Body.Contains(name, StringComparison.Ordinal));
    }

    /// <summary>The exemption's first release with its drawing changed is in force: brought back by one analyst, released by the other.</summary>
    public static async Task Releases(this PortalWithMail market, Action<JsonNode> change)
    {
        const string Key = PortalWithMail.Exemption;
        var (one, other) = (await market.As(Cast.Analyst), await market.As(Cast.Analyst2));
        var first = await market.Database.ValueAsync<string>("SELECT hash FROM eservices.effective WHERE eservice = $1 ORDER BY effective_from LIMIT 1", Key);
        Assert.Equal(303, (int)(await one.Presses($"/designer/{Key}/releases/{first}/draft", $"/designer/{Key}")).Status);
        var model = await one.Opens(Key);
        change(model);
        (await one.Saves(model)).Accepted();
        var proposal = await one.Proposes(Key);
        Assert.Equal(303, (int)(await other.Releases(proposal)).Status);
        await market.Until(async () => (await other.GetAsync(proposal)).Words().Contains("In force since", StringComparison.Ordinal));
    }

    /// <summary>Draws one more approval behind the exemption's own: a copy of it.</summary>
    public static void AddsAnApproval(this JsonNode model, string id, string title)
    {
        var step = Step(model, "approval").DeepClone().AsObject();
        (step["id"], step["nodeId"]) = (id, $"Workflow1:Flowchart1:{id}");
        step["metadata"]!["displayText"] = title;
        model["root"]!["activities"]!.AsArray().Add(step);
        var connections = model["root"]!["connections"]!.AsArray();
        foreach (var own in connections.Where(c => c!["source"].Text("activity") == "approval").ToList())
        {
            var copy = own!.DeepClone();
            copy["source"]!["activity"] = id;
            connections.Add(copy);
            if (own["source"].Text("port") == "approve") own["target"]!["activity"] = id;
        }
    }

    public static async Task Until(this PortalWithMail market, Func<Task<bool>> isSo)
    {
        for (var waited = 0; !await isSo(); waited++)
        {
            Assert.True(waited < 50, "It has not become so within five seconds.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    /// <summary>A page's words without its tags.</summary>
    public static string Words(this Answer page) => System.Net.WebUtility.HtmlDecode(Tag().Replace(page.Body, " "));
}
