using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace ClientConnect.Host.Portal.Inbox;

/// <summary>
/// The view of the inbox that somebody works through: it travels in the address (<c>?in=step=review</c>), so that after a decision
/// the next task of the same view comes, in every window by itself.
/// </summary>
/// <param name="ClaimsNext">After a decision the next task is claimed at once.</param>
internal sealed record Series(InboxFilter View, bool ClaimsNext = false)
{
    private const string Everything = "all", Then = "then", Claim = "claim";
    private const int Longest = 500;

    /// <summary>Null where a task was not opened from a view.</summary>
    public static Series? From(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > Longest) return null;
        var terms = text == Everything ? [] : QueryHelpers.ParseQuery(text);
        return new Series(InboxFilter.From(name => terms.GetValueOrDefault(name)), terms.GetValueOrDefault(Then) == Claim);
    }

    /// <summary>What stands in the address.</summary>
    public string Text
    {
        get
        {
            var query = new QueryBuilder(View.Terms().Select(t => KeyValuePair.Create(t.Name, t.Value)));
            if (ClaimsNext) query.Add(Then, Claim);
            return query.ToString() is { Length: > 1 } terms ? terms[1..] : Everything;
        }
    }

    /// <summary>The view itself, as the inbox shows it.</summary>
    public string Href => InboxHref(View);

    public static string InboxHref(InboxFilter view) => "/inbox" + new QueryBuilder(view.Terms().Select(t => KeyValuePair.Create(t.Name, t.Value)));

    /// <summary>A task's address within this view.</summary>
    public string TaskHref(TaskId task, params ReadOnlySpan<(string Name, string? Value)> more) => PortalCalls.Address($"/tasks/{task}", [.. more, ("in", Text)]);
}
