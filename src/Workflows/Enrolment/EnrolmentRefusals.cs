using System.Globalization;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>All places are taken, and nobody can wait for one.</summary>
public sealed record NoPlaceIsLeft(int Free) : Refusal(RefusalKind.Conflict)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["free"] = Math.Max(0, Free).ToString(CultureInfo.InvariantCulture) };
}

/// <summary>One firm would have more places than one may.</summary>
/// <param name="Most">Places that one firm may have.</param>
/// <param name="Held">Places that it has, or waits for, already.</param>
public sealed record TooManyFromOneFirm(int Most, int Held) : Refusal(RefusalKind.Conflict)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string>
    {
        ["most"] = Most.ToString(CultureInfo.InvariantCulture),
        ["held"] = Held.ToString(CultureInfo.InvariantCulture),
    };
}

/// <summary>The activity only asks, and this membership has answered.</summary>
public sealed record ThisMembershipHasAnswered() : Refusal(RefusalKind.Conflict);

/// <summary>The occasion does not take place.</summary>
public sealed record TheOccasionIsCancelled() : Refusal(RefusalKind.Conflict);

/// <summary>One of the attendees has a place at the occasion, or waits for one, already.</summary>
public sealed record SomebodyIsEnrolledAlready() : Refusal(RefusalKind.Conflict);

/// <summary>More places are taken than there would be.</summary>
public sealed record MorePlacesAreTaken(int Taken) : Refusal(RefusalKind.Conflict)
{
    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["taken"] = Taken.ToString(CultureInfo.InvariantCulture) };
}

/// <summary>People are enrolled for a date: it is cancelled, not moved.</summary>
public sealed record PeopleAreEnrolledForThisDate() : Refusal(RefusalKind.Conflict);
