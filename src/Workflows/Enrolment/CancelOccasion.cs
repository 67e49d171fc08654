using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>
/// A date of an activity does not take place. Nobody can enrol from then on, and the request of everybody who is enrolled or waits ends and says so:
/// each by the next sweep, under its own lock. Cancelling twice is harmless.
/// </summary>
public sealed class CancelOccasion(Activities activities, ClickConnection connection, BusinessClock clock)
{
    private const int Attempts = 4;

    private const string Lock = "INSERT INTO enrolment.occasion (key, last_position) VALUES ($1, 0) ON CONFLICT (key) DO UPDATE SET last_position = occasion.last_position";

    public async Task<Result<string>> HandleAsync(Viewer viewer, string key, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.RunActivities)) return new NothingHere();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await activities.FindAsync(viewer, key, ct) is not { Occasion: var occasion }) return new NothingHere();
            if (occasion.Status == OccasionStatus.Cancelled) return key;
            var now = clock.GetUtcNow();
            var outcome = await connection.WriteAsync(
                batch =>
                {
                    batch.Add(Lock, key);
                    SaveActivity.Replace(batch, occasion with { Status = OccasionStatus.Cancelled, By = viewer.Name }, now);
                    FallsDue.Add(batch, DeadlineKind.Cancellation, "cancelled", now, "SELECT request_id FROM enrolment.enrolment WHERE occasion = $4 AND state <> 'GivenUp'", key);
                },
                ct);
            if (!outcome.LostRace) return key;
        }

        return new Requests.TooBusyRightNow();
    }
}
