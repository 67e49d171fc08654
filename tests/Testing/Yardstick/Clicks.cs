using System.Text.Json.Nodes;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Testing.Yardstick;

/// <summary>One click as it goes over the wire.</summary>
/// <param name="Body">Null where it has none.</param>
public sealed record Click(Person By, string Path, string? Body);

/// <summary>The clicks of a request's way, in order, each made ready so that nothing but the click itself is measured.</summary>
public sealed class Clicks(PortalUnderTest portal)
{
    public static readonly IReadOnlyList<string> InOrder = ["submit", "check", "claim", "review", "approve"];

    private string? key;

    /// <summary>The key of the eService whose requests are clicked: the first whose examples differ, so that many can be open at once.</summary>
    public async Task<string> EServiceAsync()
    {
        if (key is not null) return key;
        var maker = await portal.As(Cast.Maker);
        foreach (var one in (await maker.SeesEServices()).Accepted().Json.AsArray().Select(e => e!["key"]!.GetValue<string>()))
        {
            if (!JsonNode.DeepEquals(await maker.SampleOf(one), await maker.SampleOf(one))) return key = one;
        }

        throw new InvalidOperationException("Of every eService only one example can be open at a time.");
    }

    /// <summary>A draft of the sample's answers.</summary>
    public async Task<Guid> DraftAsync()
    {
        var (maker, key) = (await portal.As(Cast.Maker), await EServiceAsync());
        return Guid.Parse((await maker.StartsDraft(key, await maker.SampleOf(key))).Accepted().Json["id"]!.GetValue<string>());
    }

    public async Task<Click> ReadyAsync(string click, Guid request)
    {
        if (click == "submit") return new Click(await portal.As(Cast.Maker), $"/api/requests/{request}/submission", null);
        var by = await portal.As(click switch { "check" => Cast.Checker, "approve" => Cast.Approver, _ => Cast.Reviewer });
        var task = await by.TaskOf(request.ToString());
        if (click == "claim") return new Click(by, $"/api/tasks/{task}/claim", null);
        var seen = (await by.SeesTask(task)).Accepted().Json["contentHash"]!.GetValue<string>();
        return new Click(by, $"/api/tasks/{task}/decision", new JsonObject { ["outcome"] = "approve", ["contentHash"] = seen }.ToJsonString());
    }

    public static async Task<Answer> SendAsync(Click click) =>
        (await click.By.SendsJsonAsync(HttpMethod.Post, click.Path, click.Body is null ? null : JsonNode.Parse(click.Body))).Accepted();
}
