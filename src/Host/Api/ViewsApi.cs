using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api;

/// <summary><c>/api/inbox/views</c>: views of the inbox that are kept, and working through one.</summary>
internal static class ViewsApi
{
    private static readonly HashSet<(string Name, string Value)> Uncut = [("late", "false"), ("escalated", "false"), ("sort", "timeLeft")];

    public static void MapViews(this RouteGroupBuilder api)
    {
        api.MapGet("/inbox/views", List).Needs(Permission.ViewInbox).WithSummary("Your saved views and those of your teams, with how many tasks each holds for you, counted up to 100.").Produces<IReadOnlyList<ViewModel>>();
        api.MapPost("/inbox/views", Save).Needs(Permission.ViewInbox).Takes<SaveViewModel>().WithSummary("Keeps a view: {name, filter: {view?, step?, eService?, due?, late?, escalated?, q?, sort?}, team?}. A name that is there is replaced.").Produces<SavedViewModel>();
        api.MapDelete("/inbox/views/{id:guid}", Remove).Needs(Permission.ViewInbox).WithSummary("Takes a view away: your own, or a team's that you saved or supervise.").Produces(StatusCodes.Status204NoContent);
        api.MapPost("/inbox/claim", Claim).Needs(Permission.DecideTasks).CutsTheInbox().WithSummary("Claims the first free task of the inbox, cut by the same query as GET /inbox.").Produces<ClaimedModel>();
    }

    /// <summary>A saved view.</summary>
    /// <param name="Team">Who shares it; null for your own.</param>
    /// <param name="Count">Counted up to 100.</param>
    public sealed record ViewModel(string Id, string Name, string? Team, JsonObject Filter, int Count, bool MayRemove);

    /// <summary>A view to be kept.</summary>
    public sealed record SaveViewModel(string Name, FilterModel? Filter, string? Team);

    /// <summary>What a view is cut to, in the words of <c>GET /api/inbox</c>; what is left out cuts nothing.</summary>
    public sealed record FilterModel(string? View, string? Step, string? EService, string? Due, string? Late, string? Escalated, string? Q, string? Sort);

    /// <summary>A view that is kept now.</summary>
    public sealed record SavedViewModel(string Id);

    /// <summary>The task that is yours now.</summary>
    public sealed record ClaimedModel(string TaskId);

    private static async Task<IResult> List(HttpContext http, SavedViews views, CancellationToken ct) =>
        Results.Json((await views.OfAsync(http.GetViewer(), ct)).Select(v => new ViewModel(v.Id.ToString(), v.Name, v.Team, Terms(v.Filter), v.Count, v.MayRemove)));

    private static JsonObject Terms(InboxFilter filter) => new(filter.Terms().Select(t => KeyValuePair.Create(t.Name, (JsonNode?)JsonValue.Create(t.Value))));

    private static async Task<IResult> Save(HttpContext http, SaveView save, KeptAnswers answers, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var (body, problem) = await JsonBody.ReadAsync<SaveViewModel>(http, ct);
        if (body is null) return problem!;
        var filter = body["filter"] as JsonObject ?? [];
        var terms = InboxFilter.From(filter.Text);
        var unread = filter.Where(p => !IsRead(terms, p.Key, p.Value)).Select(p => new FieldFault($"filter.{p.Key}", "not-an-option")).ToList();
        if (unread.Count > 0) return Problems.Of(new AnswersAreIncomplete(unread), viewer.Language);
        var (operation, unusable) = ApiCalls.Operation(http, body);
        if (unusable is not null) return unusable;
        var saved = await answers.OnceAsync(viewer, operation, () => save.HandleAsync(viewer, body.Text("name")!, terms, body.Text("team"), ct), ct);
        return saved.IsRefused ? Problems.Of(saved.Refusal, viewer.Language) : Results.Json(new SavedViewModel(saved.Value.ToString()));
    }

    // In an address what can't be read cuts nothing; kept under a name it would mean more than whoever keeps it believes.
    private static bool IsRead(InboxFilter filter, string name, JsonNode? value) =>
        value is null || Uncut.Contains((name, value.GetValue<string>())) || filter.Terms().Any(t => t.Name == name && t.Value == value.GetValue<string>().Trim());

    private static async Task<IResult> Remove(HttpContext http, RemoveView remove, KeptAnswers answers, Guid id, CancellationToken ct)
    {
        var (operation, problem) = await ApiCalls.OperationAsync(http, ct);
        if (problem is not null) return problem;
        var removed = await answers.OnceAsync(http.GetViewer(), operation, () => remove.HandleAsync(http.GetViewer(), id, ct), ct);
        return removed.IsRefused ? Problems.Of(removed.Refusal, http.GetViewer().Language) : Results.NoContent();
    }

    private static async Task<IResult> Claim(HttpContext http, ClaimNext claim, CancellationToken ct)
    {
        var (operation, problem) = await ApiCalls.OperationAsync(http, ct, http.Request.QueryString.Value);
        if (problem is not null) return problem;
        var claimed = await claim.HandleAsync(http.GetViewer(), InboxFilter.From(name => http.Request.Query[name]), operation, ct);
        return claimed.IsRefused ? Problems.Of(claimed.Refusal, http.GetViewer().Language) : Results.Json(new ClaimedModel(claimed.Value.ToString()));
    }
}
