using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>The session has ended, or the account was disabled, since the page was shown.</summary>
public sealed record SessionHasEnded() : Refusal(RefusalKind.NotAllowed);

/// <summary>The request's release can't be read by this build: nobody can go on with it until an operator has seen to that.</summary>
public sealed record ReleaseIsUnreadable() : Refusal(RefusalKind.Conflict);

/// <summary>
/// What is said of it to operators, in the log and in the ledger of deadlines. It stops the one request: whoever looks at it or clicks is
/// refused (<see cref="ReleaseIsUnreadable"/>), its deadlines are parked.
/// </summary>
/// <param name="release">Hash; null where none of the eService's is in force.</param>
public sealed class UnreadableReleaseException(string eService, string? release) : Exception(
    $"This build can't read {(release is null ? "any release in force" : $"the release {release[..Math.Min(release.Length, 12)]}")} of {eService}: what is wrong with it is in the log of the start. Run a build that can read it; the request goes on from where it stands.");

/// <summary>The same operation key was used before for something else.</summary>
public sealed record OperationKeyWasUsedForSomethingElse() : Refusal(RefusalKind.Invalid);

/// <summary>Somebody else saved the draft since it was read.</summary>
/// <param name="Current">The version now, as <c>If-Match</c> wants it.</param>
public sealed record SomebodyElseHasSaved(string Current) : Refusal(RefusalKind.Stale)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["current"] = Current };
}

/// <summary>A change of answers must say which version it changes (<c>If-Match</c>).</summary>
public sealed record SayWhichVersionYouSaw() : Refusal(RefusalKind.VersionRequired);

/// <summary>The request is past the state in which this can be done.</summary>
/// <param name="Status">Where it stands now.</param>
public sealed record RequestHasMovedOn(RequestStatus Status) : Refusal(RefusalKind.Conflict)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["status"] = Status.Code() };
}

/// <summary>One person can't play two parts in one request; <paramref name="Played"/> is the part that this one has played.</summary>
public sealed record SamePersonOnBothSides(Part Played) : Refusal(RefusalKind.NotAllowed)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["part"] = Played.ToString().ToLowerInvariant() };
}

/// <summary>A request commits all memberships that it names; whoever sends or checks it needs the right for each of them.</summary>
/// <param name="Memberships">Those for which the right is missing: "HKCC CZZA".</param>
public sealed record NotYoursForAllMemberships(string Memberships) : Refusal(RefusalKind.NotAllowed)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["memberships"] = Memberships };
}

/// <summary>The last moment for sending has passed.</summary>
/// <param name="Until">The moment that has passed.</param>
public sealed record DeadlineHasPassed(DateTimeOffset Until) : Refusal(RefusalKind.Conflict)
{
    public override IReadOnlyDictionary<string, string> Arguments =>
        new Dictionary<string, string> { ["until"] = Until.ToHongKong().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) };
}

/// <summary>The eService takes requests only on days of its kind, and today is none.</summary>
/// <param name="NextDay">The next day that is one.</param>
public sealed record NotAProcessingDay(DateOnly NextDay) : Refusal(RefusalKind.Conflict)
{
    public override IReadOnlyDictionary<string, string> Arguments =>
        new Dictionary<string, string> { ["next"] = NextDay.ToString("O", CultureInfo.InvariantCulture) };
}

/// <summary>Another open request of this or another maker concerns the same thing.</summary>
/// <param name="Touch">What both concern (<c>position:P00012345</c>).</param>
/// <param name="Number">The other request, where it is the same firm's; null otherwise.</param>
public sealed record AnotherRequestIsOpenForThis(string Touch, string? Number) : Refusal(RefusalKind.Conflict)
{
    public override IReadOnlyDictionary<string, string> Arguments =>
        new Dictionary<string, string> { ["touch"] = Touch, ["number"] = Number ?? "—" };
}

/// <summary>A file is still waiting for the virus scan.</summary>
public sealed record FilesAreWaitingForTheScan(string Name) : Refusal(RefusalKind.Conflict)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["name"] = Name };
}

/// <summary>What was decided on is no longer what is there.</summary>
/// <param name="Differences">What changed since, by path; empty where it can't be told any more.</param>
public sealed record ContentHasChanged(string CurrentHash, IReadOnlyList<Difference> Differences) : Refusal(RefusalKind.Conflict);

/// <summary>The flow can't go on from here; operators see why.</summary>
public sealed record FlowCannotMove(string Step, string Why) : Refusal(RefusalKind.Conflict);

/// <summary>This membership may not use this eService.</summary>
public sealed record NotForThisMembership() : Refusal(RefusalKind.NotAllowed);

/// <summary>The click met so many others at the same moment that it gave up; nothing was done.</summary>
public sealed record TooBusyRightNow() : Refusal(RefusalKind.Conflict);

/// <summary>One value that differs between two readings.</summary>
/// <param name="Before">Null where there was none.</param>
/// <param name="After">Null where there is none any more.</param>
public sealed record Difference(string Path, JsonNode? Before, JsonNode? After);
