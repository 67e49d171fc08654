using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.EServices.Tests.Stories;

/// <summary>What became of a story.</summary>
/// <param name="Broken">Where it did not come out as it says; empty where it did.</param>
internal sealed record ToldStory(string Transcript, IReadOnlyList<string> Broken);

/// <summary>Does what a story says, step by step and through the API, as the people it names, and writes down what came of each step.</summary>
internal sealed class Storyteller(Stage stage, string eService)
{
    private static readonly Problem NoTask = new(404, "no-task", "No task waits for this person.", null, new Dictionary<string, string>(), []);

    private readonly Transcript transcript = new();
    private readonly Dictionary<string, Told> requests = new(StringComparer.Ordinal);
    private readonly List<string> broken = [];
    private Troupe troupe = new(stage.Records);
    private string named = "";
    private string request = "";
    private string membership = "";
    private string? number;
    private JsonObject? sample;
    private Scene before = Scene.Empty;

    public async Task<ToldStory> TellAsync(Scenario story)
    {
        transcript.Begin(story.Title);
        membership = story.Membership;
        var clock = story.Clock;
        foreach (var (i, told) in story.Steps.Index())
        {
            var step = Numbered(told);
            TurnTo(step.Request);
            if (step.At.Length > 0)
            {
                await stage.Portal.ClockMovesTo(clock = step.At);
            }

            var refusal = step.Does is "" or "sweep" ? null : await DoAsync(step);
            var scene = await Scene.OfAsync(stage.Records, request);
            requests[named] = new(request, troupe, scene);
            transcript.Step(i + 1, clock, step, refusal?.Code, before, scene);
            broken.AddRange((await new Expectations(stage.Records, troupe, before, scene).BrokenAsync(step, refusal)).Select(b => $"Step {i + 1} ({clock} {step.Does}): {b}"));
            before = scene;
        }

        await stage.SendsMailsAsync(TestContext.Current.CancellationToken);
        broken.AddRange(await stage.Records.DeadNoticesAsync());
        transcript.Ledger(before);
        transcript.Timeline("As the participant sees it", await (await As(story.Steps[0].By)).SeesTimeline(request));
        transcript.Timeline("As the clearing house sees it", await (await As(Cast.Supervisor.Email)).SeesTimeline(request));
        return new ToldStory(transcript.ToString(), broken);
    }

    // Each of several requests has its own people in its parts, and goes on from where the story left it: what happened meanwhile is news.
    private void TurnTo(string name)
    {
        if (name.Length == 0 || name == named) return;
        (request, troupe, before) = requests.GetValueOrDefault(name) ?? new("", new Troupe(stage.Records), Scene.Empty);
        named = name;
    }

    private sealed record Told(string Request, Troupe Troupe, Scene Scene);

    // What number a request is given, a story can't know: it says {number} for that of its first one.
    private ScenarioStep Numbered(ScenarioStep step)
    {
        number ??= before.Request?.Number;
        object? Said(object? value) => value is string text && number is not null ? text.Replace("{number}", number, StringComparison.Ordinal) : value;
        step.With = step.With.ToDictionary(w => w.Key, w => Said(w.Value));
        if (step.Expect is { } expect) expect.Holds = expect.Holds.ToDictionary(h => (string)Said(h.Key)!, h => h.Value);
        return step;
    }

    /// <summary>The refusal; null where it was done.</summary>
    private async Task<Problem?> DoAsync(ScenarioStep step)
    {
        var person = await As(step.By);
        var answer = step.Does switch
        {
            "draft" => await DraftAsync(person, step),
            "submit" => await person.SubmitsRequest(request),
            "attach" => await AttachAsync(person, step),
            "answer" => await AnswerAsync(person, step),
            "correct" => await CorrectAsync(person, step),
            "withdraw" => await person.WithdrawsRequest(request, step.Remarks.Length > 0 ? step.Remarks : null),
            _ => await AtTaskAsync(person, step),
        };
        if (answer is { IsSuccess: true })
        {
            troupe.Played(step, before);
            return null;
        }

        return answer is null ? NoTask : answer.Problem ?? throw new InvalidOperationException($"Neither a yes nor a refusal: {answer}");
    }

    private async Task<Answer> DraftAsync(Person maker, ScenarioStep step)
    {
        // A second draft asks for the same as the first: the sample would choose other entries.
        troupe.Membership = membership.Length > 0 ? membership : await maker.MembershipFor(eService);
        var answers = (sample ??= await maker.SampleOf(eService, troupe.Membership)).DeepClone().AsObject();
        Overlay.On(answers, step.With);
        var started = await maker.StartsDraft(eService, answers, troupe.Membership);
        request = troupe.Request = started.IsSuccess ? started.Json["id"]!.GetValue<string>() : request;
        return started;
    }

    // The file of a field takes the place of the one that was there.
    private async Task<Answer> AttachAsync(Person maker, ScenarioStep step)
    {
        var (field, file) = step.With.Single();
        var said = (IDictionary<object, object?>)file!;
        var uploaded = await maker.AttachesFile(request, field, (string)said["name"]!, Encoding.UTF8.GetBytes((string)said["text"]!));
        return uploaded.IsSuccess ? await SaveAsync(maker, answers => answers[field] = new JsonArray(uploaded.Json["id"]!.DeepClone())) : uploaded;
    }

    private Task<Answer> AnswerAsync(Person maker, ScenarioStep step) => SaveAsync(maker, answers => Overlay.On(answers, step.With));

    private async Task<Answer> CorrectAsync(Person maker, ScenarioStep step)
    {
        var saved = await AnswerAsync(maker, step);
        return saved.IsSuccess ? await maker.SubmitsRequest(request) : saved;
    }

    private async Task<Answer> SaveAsync(Person maker, Action<JsonObject> change)
    {
        var seen = (await maker.SeesRequest(request)).Accepted();
        var answers = seen.Json["answers"]!.DeepClone().AsObject();
        change(answers);
        return await maker.SavesAnswers(request, answers, seen.ETag);
    }

    /// <summary>Null where no task waits for this person.</summary>
    private async Task<Answer?> AtTaskAsync(Person person, ScenarioStep step)
    {
        var open = (await person.SeesInbox(request)).Accepted().Json["items"]!.AsArray().Where(t => (string?)t!["item"] == (step.Item.Length > 0 ? step.Item : null));
        if (open.ToList() is not [{ } task])
        {
            return null;
        }

        var id = task["id"]!.GetValue<string>();
        return step.Does == "claim" ? await person.ClaimsTask(id)
            : step.Does == "report" ? await person.ReportsMilestone(id, (JsonObject)Overlay.Json(step.With)!, new JsonArray([.. step.Lines.Select(Overlay.Json)]))
            : await person.DecidesTask(id, step.Answer, step.Remarks.Length > 0 ? step.Remarks : null, step.Lines.Count > 0 ? new JsonArray([.. step.Lines.Select(Overlay.Json)]) : null);
    }

    private Task<Person> As(string email) => stage.Portal.As(new Account(email));
}
