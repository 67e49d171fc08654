using ClientConnect.Host.Portal.Requests;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>Tasks as lists show them: who has it, and why not the viewer, in words.</summary>
internal sealed class TaskRows(Heads heads)
{
    /// <param name="series">The view that they are listed in, where they can be worked through; null elsewhere.</param>
    public TaskRow Of(InboxTask task, Viewer viewer, Series? series = null)
    {
        var isMine = task.ClaimedBy == viewer.User;
        return new TaskRow(task.Id.ToString(), Title(task.Title, task.Kind), heads.Of(task, viewer), task.DueAt is { } due ? new Kit.Moment(due) : null)
        {
            ClaimedBy = task.ClaimedBy is null ? null : viewer.IsClearingHouse ? task.ClaimedByName : Words.Of("role.reviewer", viewer.Language),
            IsMine = isMine,
            MayClaim = TaskRules.IsClearingHouse(task.Kind) && task.WhyNot is null && task.ClaimedBy is null,
            WhyNotMe = task.WhyNot is { } no and not (SomebodyElseHasClaimedIt or NotYoursToDo) ? PortalCalls.WordsOf(no) : null,
            Since = task.OpenedAt,
            Kind = task.Kind.ToString().ToLowerInvariant(),
            In = series?.Text,
            IsEscalated = task.IsEscalated,
        };
    }

    /// <summary>As the analyst called the step; in other languages, what kind of work it is.</summary>
    public static LocalText Title(string title, TaskKind kind)
    {
        var words = Words.Text("task.kind." + kind.ToString().ToLowerInvariant());
        return new LocalText(title, words.ZhHant, words.ZhHans);
    }
}
