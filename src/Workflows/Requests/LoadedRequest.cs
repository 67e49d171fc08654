using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>A file that the answers refer to.</summary>
/// <param name="Scan">State of the virus scan, as <c>Files</c> names it (<c>Clean</c>, <c>NotScanned</c>, <c>Waiting</c>, <c>Infected</c>).</param>
public sealed record RequestFile(AttachmentId Id, string Purpose, string Name, long Size, string Sha256, string Scan)
{
    /// <summary>What was found in its lines as it came in; null where they were not looked at.</summary>
    public JsonObject? Examined { get; init; }
}

/// <summary>
/// A request with all that a click needs to decide about it, read in one round trip. Immutable: what a use case wants changed
/// it says by <c>with</c>, and <see cref="RequestClicks"/> writes the difference in one transaction.
/// </summary>
public sealed record LoadedRequest
{
    private readonly EServiceBundle? bundle;

    public required RequestId Id { get; init; }

    public string? Number { get; init; }

    public required string EService { get; init; }

    public required HeldMembership Membership { get; init; }

    public required FirmId Firm { get; init; }

    public required LocalText FirmName { get; init; }

    public required RequestStatus Status { get; init; }

    public int DraftRevision { get; init; }

    public int Revision { get; init; }

    public int Sequence { get; init; }

    public required byte[] Head { get; init; }

    public required JsonObject Answers { get; init; }

    public JsonObject? Draft { get; init; }

    /// <summary>What the draft held for fields that its form has no more (<see cref="LeftAnswers"/>); null where nothing is kept.</summary>
    public JsonObject? Left { get; init; }

    /// <summary>The release that it runs on: pinned at the first send, before that the one in force.</summary>
    /// <exception cref="UnreadableReleaseException">This build can't read it; whoever may not see the request has been turned away before.</exception>
    [AllowNull]
    public required EServiceBundle Bundle
    {
        get => bundle ?? throw new UnreadableReleaseException(EService, Release);
        init => bundle = value;
    }

    /// <summary>Its form, with what register entries asked when it was last saved or sent.</summary>
    public FormDefinition Form => Bundle.Form.Asking(CurrentAnswers);

    /// <summary>This build can read the release.</summary>
    internal bool IsReadable => bundle is not null;

    /// <summary>Hash of the release that it is pinned to; null for a draft.</summary>
    public string? Release { get; init; }

    public FlowState Run { get; init; } = FlowState.New;

    public JsonArray? Outcomes { get; init; }

    public JsonObject? Proposal { get; init; }

    /// <summary>What the clearing house has reported on the way (<see cref="EServices.Milestones"/>); null before anything was.</summary>
    public JsonObject? Milestones { get; init; }

    /// <summary>What the clearing house does beside it (<see cref="Requests.FollowUps"/>); null where nothing was begun.</summary>
    public JsonArray? FollowUps { get; init; }

    public required Parts Parts { get; init; }

    public JsonObject? Plan { get; init; }

    public JsonArray? Remarks { get; init; }

    public IReadOnlyList<string> RegisterRefs { get; init; } = [];

    public IReadOnlyList<string> TouchRefs { get; init; } = [];

    public IReadOnlyList<Guid> FileRefs { get; init; } = [];

    public required UserId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public UserId? SentBy { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public bool IsLate { get; init; }

    /// <summary>When it was last changed: by a save of its draft, or by a click.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    public UserId UpdatedBy { get; init; }

    public IReadOnlyList<HeldEntry> Register { get; init; } = [];

    /// <summary>What other modules know of it (<see cref="IRequestFact"/>), by name, as of the moment at which it was loaded.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Facts { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, JsonNode?>.Empty;

    public IReadOnlyList<RequestFile> Files { get; init; } = [];

    public bool IsDraft => Sequence == 0;

    /// <summary>The steps that wait now, with the visit that each is on.</summary>
    public IEnumerable<(FlowStep Step, int Visit)> Waiting => Run.Tokens.Select(t => (Bundle.Flow.Steps.First(s => s.Id == t.Step), t.Visit));

    /// <summary>Its makers may edit the answers: it is a draft, or came back, as a whole or for some of its lines.</summary>
    public bool IsWithItsMakers => Status.IsEditable() || CameBackInPart;

    /// <summary>Some lines were approved, and the run waits for its makers to correct others.</summary>
    public bool CameBackInPart => Status == RequestStatus.PartiallyApproved && IsReadable && Waiting.Any(w => IsCorrection(w.Step));

    internal static bool IsCorrection(FlowStep step) => step.Type.EndsWith(".AwaitCorrection", StringComparison.Ordinal);

    /// <summary>What its makers see: the draft while there is one, else what was sent.</summary>
    public JsonObject CurrentAnswers => Draft ?? Answers;

    /// <summary>What <c>ETag</c> says: the draft's revision and the number of the last event.</summary>
    public string Version => $"{DraftRevision}.{Sequence}";
}

/// <summary>
/// Who played which part in a request, over all its rounds. One person plays one part; a delegate counts as both people.
/// </summary>
public sealed record Parts(IReadOnlyList<UserId> Edit, IReadOnlyList<UserId> Check, IReadOnlyList<UserId> Review, IReadOnlyList<UserId> Approve)
{
    public static readonly Parts None = new([], [], [], []);

    /// <summary>Whose yes stands to what was last sent: where a flow asks twice, it asks two people.</summary>
    public IReadOnlyList<Agreement> Agreed { get; init; } = [];

    public static Parts From(JsonObject json) => new(People(json, "edit"), People(json, "check"), People(json, "review"), People(json, "approve"))
    {
        Agreed = json["agreed"] is JsonArray { Count: > 0 } agreed ? [.. agreed.Select(a => Agreement.From(a!))] : [],
    };

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["edit"] = Names(Edit), ["check"] = Names(Check), ["review"] = Names(Review), ["approve"] = Names(Approve) };
        if (Agreed.Count > 0) json["agreed"] = new JsonArray([.. Agreed.Select(a => (JsonNode)a.ToJson())]);
        return json;
    }

    /// <summary>With one more yes; a step that is come to again asks anew.</summary>
    public Parts Agreeing(string step, int visit, UserId user) =>
        this with { Agreed = [.. Agreed.Where(a => a.Step != step || a.Visit == visit), new Agreement(step, visit, user.Value)] };

    /// <summary>Whether this person's yes stands at another step than this one.</summary>
    public bool HasAgreedBeside(string step, UserId user) => Agreed.Any(a => a.User == user.Value && a.Step != step);

    public Parts Adding(Part part, UserId user) => part switch
    {
        Part.Edit => this with { Edit = With(Edit, user) },
        Part.Check => this with { Check = With(Check, user) },
        Part.Review => this with { Review = With(Review, user) },
        Part.Approve => this with { Approve = With(Approve, user) },
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    /// <summary>A part other than <paramref name="part"/> that this person has already played; null where they are free to play it.</summary>
    public Part? OtherPartOf(UserId user, Part part) =>
        Played().Where(p => p.Part != part && p.People.Contains(user)).Select(p => (Part?)p.Part).FirstOrDefault();

    private IEnumerable<(Part Part, IReadOnlyList<UserId> People)> Played() =>
        [(Part.Edit, Edit), (Part.Check, Check), (Part.Review, Review), (Part.Approve, Approve)];

    private static IReadOnlyList<UserId> With(IReadOnlyList<UserId> people, UserId user) => [.. people.Where(p => p != user), user];

    private static IReadOnlyList<UserId> People(JsonObject json, string name) =>
        [.. (json[name] as JsonArray ?? []).Select(n => new UserId(Guid.Parse(n!.GetValue<string>())))];

    private static JsonArray Names(IReadOnlyList<UserId> people) => new([.. people.Select(p => (JsonNode)p.ToString())]);
}

/// <summary>Somebody said yes at a step.</summary>
public sealed record Agreement(string Step, int Visit, Guid User)
{
    // By hand: to ask a serializer for a node takes it a text and a reader.
    internal static Agreement From(JsonNode json) => new((string)json["step"]!, (int)json["visit"]!, Guid.Parse((string)json["user"]!));

    internal JsonObject ToJson() => new() { ["step"] = Step, ["visit"] = Visit, ["user"] = User.ToString() };
}

/// <summary>The four parts that a person can play in a request.</summary>
public enum Part
{
    /// <summary>Filled in or changed the answers.</summary>
    Edit,

    /// <summary>Sent, returned or rejected for the participant.</summary>
    Check,

    /// <summary>Claimed and proposed for the clearing house.</summary>
    Review,

    /// <summary>Confirmed, returned or overruled for the clearing house.</summary>
    Approve,
}
