using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Enrolment;

/// <summary>
/// The clearing house announces an activity, or changes what it said of one. Forms read it from the register from then on; more places let the
/// waiting list move up at once. The day and times of a date for which people are enrolled stay: such a date is cancelled.
/// </summary>
public sealed class SaveActivity(Activities activities, ClickConnection connection, KeptAnswers kept, BusinessClock clock)
{
    private const int Attempts = 4;

    private static readonly string Begin = $"INSERT INTO register.entry (id, kind, key, values, valid_from) VALUES (gen_random_uuid(), '{Occasion.Kind}', $1, $2, $3)";

    private static readonly string End = $"UPDATE register.entry SET valid_to = $2 WHERE ref = '{Occasion.Kind}:' || $1 AND valid_to IS NULL AND membership_id IS NULL";

    // Locked first, counted after that: what is decided here on what was read must still be so.
    private const string Lock = "INSERT INTO enrolment.occasion (key, last_position) VALUES ($1, 0) ON CONFLICT (key) DO UPDATE SET last_position = occasion.last_position";

    private const string StillFits = "SELECT setup.expect(coalesce(sum(places), 0) <= $2) FROM enrolment.enrolment WHERE occasion = $1 AND state = 'Enrolled'";

    /// <param name="number">The activity that is changed; null for a new one.</param>
    /// <param name="written">As <see cref="ActivityDraft"/> describes it.</param>
    /// <returns>The activity's number.</returns>
    public async Task<Result<string>> HandleAsync(Viewer viewer, string? number, JsonObject written, OperationKey? operation, CancellationToken ct)
    {
        if (!PermissionTable.Allows(viewer, Permission.RunActivities)) return new NothingHere();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (operation is not null && await kept.FindAsync<string>(viewer, operation, ct) is { } before) return before;
            var now = clock.GetUtcNow();
            var there = await activities.AllAsync(number ?? string.Empty, ct);
            if (number is not null && there.Count == 0) return new NothingHere();
            var named = number ?? Next(there, HongKong.DateIn(now).Year);
            var draft = ActivityDraft.Read(written, named, viewer.Name);
            if (draft.Faults.Count > 0) return new AnswersAreIncomplete(draft.Faults);
            var own = number is null ? [] : there;
            if (WhyNot(draft.Occasions, own) is { } refusal) return refusal;
            var occasions = Keyed(draft.Occasions, named, own);
            var outcome = await connection.WriteAsync(batch => Add(batch, viewer, occasions, own, operation, named, now), ct);
            if (!outcome.LostRace) return named;
        }

        return new TooBusyRightNow();
    }

    private static void Add(ClickBatch batch, Viewer viewer, IReadOnlyList<Occasion> occasions, IReadOnlyList<OccasionCount> own, OperationKey? operation, string number, DateTimeOffset now)
    {
        if (operation is not null) KeptAnswers.Add(batch, viewer, operation, number, now);
        // What is cancelled stays as it is, and keeps what was said of it then.
        foreach (var occasion in occasions.Where(o => own.All(c => c.Occasion.Key != o.Key || c.Occasion.Status == OccasionStatus.Open)).OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            batch.Add(Lock, occasion.Key);
            batch.Add(StillFits, occasion.Key, occasion.Capacity);
            Replace(batch, occasion, now);
            WaitingList.MoveUp(batch, now, "$4", occasion.Key);
        }
    }

    /// <summary>The entry that was in force ends where the new one begins. The caller holds the occasion's row.</summary>
    internal static void Replace(ClickBatch batch, Occasion occasion, DateTimeOffset now)
    {
        batch.Add(End, occasion.Key, now);
        batch.Add(Begin, occasion.Key, occasion.ToJson(), now);
    }

    private static Refusal? WhyNot(IReadOnlyList<Occasion> written, IReadOnlyList<OccasionCount> own)
    {
        foreach (var occasion in written.Where(o => o.Key.Length > 0))
        {
            if (own.FirstOrDefault(c => c.Occasion.Key == occasion.Key) is not { } count) return new NothingHere();
            if (count.Occasion.Status == OccasionStatus.Cancelled) continue;
            if (count.Taken > occasion.Capacity) return new MorePlacesAreTaken(count.Taken);
            var isMoved = (occasion.Date, occasion.Starts, occasion.Ends) != (count.Occasion.Date, count.Occasion.Starts, count.Occasion.Ends)
                || (occasion.Activity.Closes, occasion.Activity.CancelBy) != (count.Occasion.Activity.Closes, count.Occasion.Activity.CancelBy);
            if (isMoved && count.Taken + count.Waiting > 0) return new PeopleAreEnrolledForThisDate();
        }

        return null;
    }

    // A date that was written no more is still a date of the activity; what is said of the activity holds for it too.
    private static List<Occasion> Keyed(IReadOnlyList<Occasion> written, string number, IReadOnlyList<OccasionCount> own)
    {
        var last = own.Select(c => int.TryParse(c.Occasion.Key[(c.Occasion.Key.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).DefaultIfEmpty().Max();
        var all = written.Select(o => o.Key.Length > 0 ? o : o with { Key = string.Create(CultureInfo.InvariantCulture, $"{number}-{++last}") }).ToList();
        all.AddRange(own.Where(c => all.TrueForAll(o => o.Key != c.Occasion.Key)).Select(c => c.Occasion with { Activity = written[0].Activity, By = written[0].By }));
        return all;
    }

    private static string Next(IReadOnlyList<OccasionCount> there, int year)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"EV{year}-");
        var last = there.Select(c => c.Occasion.Activity.Number).Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Select(n => int.TryParse(n[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0).DefaultIfEmpty().Max();
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{last + 1:0000}");
    }
}
