using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Api;

/// <summary>What a write answers.</summary>
/// <param name="Number">Null until the first send to the checker.</param>
/// <param name="Version">As <c>ETag</c> says it.</param>
public sealed record ReceiptModel(string Id, string? Number, string Status, string Version)
{
    public static ReceiptModel Of(RequestReceipt receipt) => new(receipt.Id, receipt.Number, receipt.Status, receipt.Version);
}

/// <summary>One request in a list.</summary>
/// <param name="NewMessages">Of the other side, not seen by you yet.</param>
public sealed record RequestSummaryModel(string Id, string? Number, string EService, string Name, string Membership, string ParticipantId, string Firm, string Status, int Revision, bool IsLate,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? SubmittedAt, string Version, int NewMessages)
{
    public static RequestSummaryModel Of(RequestSummary r, string language) => new(r.Id.ToString(), r.Number, r.EService, r.Name.In(language), r.Membership.Value, r.ParticipantId, r.FirmName, r.Status.Code(),
        r.Revision, r.IsLate, r.CreatedAt.ToHongKong(), r.UpdatedAt.ToHongKong(), r.SubmittedAt?.ToHongKong(), r.Version, r.NewMessages);
}

/// <summary>A file of a request.</summary>
/// <param name="Scan"><c>clean</c>, <c>notScanned</c>, <c>waiting</c> or <c>infected</c>.</param>
public sealed record FileModel(string Id, string Purpose, string Name, long Size, string Sha256, string Scan);

/// <summary>What the viewer may do with a request now.</summary>
public sealed record MayModel(bool Edit, bool Submit, bool Withdraw);

/// <summary>A request as the viewer may read it.</summary>
/// <param name="Answers">What the viewer's side sees: makers their draft, everybody else what was sent.</param>
/// <param name="Lines">Outcome per line as decided; empty before.</param>
/// <param name="Remarks">What to correct, by path; empty where nothing was returned.</param>
/// <param name="Milestones">By name what the clearing house reported on the way: <c>values</c>, <c>lines</c>, <c>at</c>; empty before.</param>
/// <param name="FollowUps">What the clearing house does beside it: <c>item</c>, <c>outcome</c> (null while it is to be done, <c>done</c>, or why it is not to be done any more), <c>at</c>, <c>values</c>; empty where nothing was begun.</param>
/// <param name="Deadlines">By name: <c>dueAt</c>, <c>lateAt</c>, <c>latestSafeAt</c>, <c>reasons</c>, <c>source</c>, <c>verified</c>.</param>
public sealed record RequestModel(string Id, string? Number, string EService, string Name, string Membership, string ParticipantId, string Firm, string Status, string StatusText, int Revision,
    string Version, bool IsLate, DateTimeOffset CreatedAt, DateTimeOffset? SubmittedAt, JsonObject Answers, JsonArray Lines, JsonArray Remarks, JsonObject Milestones, JsonArray FollowUps, JsonObject Deadlines, IReadOnlyList<FileModel> Files, string Release, MayModel May)
{
    public static RequestModel Of(LoadedRequest r, Viewer viewer) => new(
        r.Id.ToString(), r.Number, r.EService, r.Bundle.Service.Name.In(viewer.Language), r.Membership.Id.Value, r.Membership.ParticipantId, r.FirmName.In(viewer.Language),
        r.Status.Code(), r.Status.Words().In(viewer.Language), r.Revision, r.Version, r.IsLate, r.CreatedAt.ToHongKong(), r.SubmittedAt?.ToHongKong(),
        r.CurrentAnswers, r.Outcomes ?? [], r.Remarks ?? [], Workflows.EServices.Milestones.ForReaders(r.Milestones), FollowUpsOf(r), r.Plan ?? [], FilesOf(r), r.Bundle.Hash,
        new MayModel(RequestAccess.WhyNotEdit(viewer, r) is null, RequestAccess.WhyNotEdit(viewer, r) is null && r.Draft is not null, RequestAccess.WhyNotWithdraw(viewer, r) is null));

    private static JsonArray FollowUpsOf(LoadedRequest r) =>
        new([.. Workflows.Requests.FollowUps.Of(r).Select(f => (JsonNode)new JsonObject { ["item"] = f.Item, ["outcome"] = f.Outcome, ["at"] = f.At?.ToHongKong(), ["values"] = f.Values.DeepClone() })]);

    public static IReadOnlyList<FileModel> FilesOf(LoadedRequest r) =>
        [.. r.Files.Select(f => new FileModel(f.Id.ToString(), f.Purpose, f.Name, f.Size, f.Sha256, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(f.Scan)))];
}

/// <summary>One step of a request's way.</summary>
/// <param name="What">Stable code; <paramref name="Title"/> has its words.</param>
public sealed record TimelineModel(int Sequence, DateTimeOffset At, string What, string Title, Doer By, string Status, string? Reason, JsonArray? Lines, JsonArray? Remarks, IReadOnlyList<string> Changes, string? Deadline, int? Revision, string? ContentHash)
{
    /// <summary>Deadlines that moved with the calendar; missing for all else.</summary>
    public IReadOnlyList<MovedModel>? Moved { get; init; }

    /// <summary>Answered days on which the market is closed since; missing for all else.</summary>
    public IReadOnlyList<ClosedModel>? Closed { get; init; }
}

/// <summary>A deadline that moved.</summary>
/// <param name="Deadline">Its name in service.json.</param>
public sealed record MovedModel(string Deadline, string Step, DateTimeOffset From, DateTimeOffset To);

/// <summary>A day that was answered, and is none any more on which it can happen.</summary>
/// <param name="Path">Of the answer.</param>
public sealed record ClosedModel(string Path, DateOnly Day);

/// <summary>A list, one page of it.</summary>
public sealed record ListModel<T>(IReadOnlyList<T> Items, int Total, int Page, int PageSize);
