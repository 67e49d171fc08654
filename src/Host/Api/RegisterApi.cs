using System.Text.Json.Nodes;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal;
using ClientConnect.Host.Portal.Register;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Host.Api;

/// <summary><c>/api/register</c>: what the clearing house holds, for itself all of it, for a participant what is its own or everybody's.</summary>
internal static class RegisterApi
{
    public static void MapRegister(this RouteGroupBuilder api)
    {
        api.MapGet("/register", Kinds).Needs(Permission.ViewRegister).WithSummary("The kinds of entries that hold anything for you, with how many.").Produces<IReadOnlyList<KindModel>>();
        api.MapGet("/register/{kind}", List).Needs(Permission.ViewRegister).WithMetadata(
                new QueryParameter("q", "Part of a key, of a membership or of a value."), new QueryParameter("membership", "Only this membership's."),
                new QueryParameter("state", "Where they stand in time; in force where it is not said.", AskedEntries.States))
            .WithSummary("The entries of a kind that you may see, by key, page by page.").Produces<ListModel<EntryModel>>();
        api.MapGet("/register/{kind}/{key}", One).Needs(Permission.ViewRegister).WithMetadata(new QueryParameter("membership", "Only this membership's."))
            .WithSummary("The entries of one key, earlier and later ones too, the latest first.").Produces<IReadOnlyList<EntryModel>>();
    }

    /// <summary>A kind of entries.</summary>
    /// <param name="Label">In your language.</param>
    /// <param name="ToCome">How many take effect later.</param>
    public sealed record KindModel(string Kind, string Label, int InForce, int ToCome);

    /// <summary>An entry.</summary>
    /// <param name="Membership">Whose it is; missing for what is nobody's in particular.</param>
    /// <param name="ValidTo">Exclusive; missing while no end is known.</param>
    /// <param name="State"><c>inForce</c>, <c>toCome</c> or <c>ended</c>.</param>
    /// <param name="RequestId">The request that brought it; missing for what came from elsewhere.</param>
    /// <param name="ImportId">The import that brought it; for the clearing house only.</param>
    /// <param name="EndedBy">The request that ended it with nothing in its place.</param>
    /// <param name="EndedAfter">Its last day, where it ended because that was over.</param>
    public sealed record EntryModel(
        string Kind, string Key, string? Membership, JsonObject Values, DateTimeOffset ValidFrom, DateTimeOffset? ValidTo, string State, string? RequestId, int? Line, string? ImportId, string? EndedBy, DateOnly? EndedAfter)
    {
        internal static EntryModel Of(DatedEntry dated, Viewer viewer, DateTimeOffset now) => new(
            dated.Entry.Kind, dated.Entry.Key, dated.Entry.Membership?.Value, dated.Entry.Values, dated.Entry.ValidFrom.ToHongKong(), dated.Until?.ToHongKong(), PublicationsApi.Camel(dated.StateAt(now)),
            dated.Entry.Request?.ToString(), dated.Entry.Line, viewer.IsClearingHouse ? dated.Import?.ToString() : null, dated.EndedBy?.ToString(), dated.EndedAfter);
    }

    private static async Task<IResult> Kinds(HttpContext http, RegisterSearch search, RegisterWords words, CancellationToken ct) =>
        Results.Json((await search.KindsAsync(http.GetViewer(), ct)).Select(k => new KindModel(k.Kind, words.KindOrName(k.Kind).In(http.GetViewer().Language), k.InForce, k.ToCome)));

    private static async Task<IResult> List(HttpContext http, RegisterSearch search, BusinessClock clock, string kind, string? q, string? membership, string? state, int? page, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var number = Math.Max(1, page ?? 1);
        if (await search.ListAsync(viewer, kind, AskedEntries.Of(q, membership, state).Filter with { Page = number, Size = RegisterPages.PageSize }, ct) is not { } found) return Problems.Of(new NothingHere(), viewer.Language);
        return Results.Json(new ListModel<EntryModel>([.. found.Items.Select(e => EntryModel.Of(e, viewer, clock.GetUtcNow()))], found.Total, number, RegisterPages.PageSize));
    }

    private static async Task<IResult> One(HttpContext http, RegisterSearch search, BusinessClock clock, string kind, string key, string? membership, CancellationToken ct)
    {
        var viewer = http.GetViewer();
        var entries = await search.FindAsync(viewer, kind, key, membership is { Length: > 0 } ? new MembershipId(membership) : null, ct);
        return entries.Count == 0 ? Problems.Of(new NothingHere(), viewer.Language) : Results.Json(entries.Select(e => EntryModel.Of(e, viewer, clock.GetUtcNow())));
    }
}
