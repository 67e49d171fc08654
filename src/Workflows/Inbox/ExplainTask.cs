using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Inbox;

/// <summary>A part that the viewer has played in a request, and when last.</summary>
/// <param name="Round">Which round of the request it was: 1 at first, one more after each return.</param>
public sealed record PlayedPart(Part Part, DateTimeOffset At, int Round);

/// <summary>Why the viewer can't decide a task, in facts, and who can.</summary>
/// <param name="WhyNot">As it would be refused; null where the viewer may decide.</param>
/// <param name="Played">What the viewer did in this request, earliest first; empty where that is not why.</param>
/// <param name="Able">Who could decide it, whoever has it now.</param>
public sealed record TaskExplanation(Refusal? WhyNot, IReadOnlyList<PlayedPart> Played, IReadOnlyList<AblePerson> Able);

/// <summary>"Why not me?": the refusal comes from <see cref="TaskRules"/> as the decision's would, the facts from the request's record.</summary>
public sealed class ExplainTask(EventLog events, AblePeople people)
{
    public async Task<TaskExplanation> HandleAsync(Viewer viewer, TaskContent content, CancellationToken ct) => new(
        content.WhyNot,
        content.WhyNot is SamePersonOnBothSides or YouHaveAgreedAtAnotherStep ? await PlayedAsync(viewer, content.Request, ct) : [],
        await people.OfAsync(viewer, content, ct));

    private async Task<IReadOnlyList<PlayedPart>> PlayedAsync(Viewer viewer, LoadedRequest request, CancellationToken ct)
    {
        var played = new List<PlayedPart>();
        var round = 0;
        foreach (var happened in await events.OfAsync(request.Id, ct))
        {
            if (happened.What is SentToChecker sent)
            {
                round = sent.Revision;
                if (happened.By == viewer.User || sent.Editors.Contains(viewer.User.ToString())) played.Add(new PlayedPart(Part.Edit, happened.At, round));
            }
            else if (happened.What is TaskDecided decided && happened.By == viewer.User)
            {
                played.Add(new PlayedPart(PartOf(decided.Kind), happened.At, round));
            }
        }

        return played;
    }

    private static Part PartOf(string kind) => kind switch
    {
        "check" => Part.Check,
        "review" => Part.Review,
        _ => Part.Approve,
    };
}
