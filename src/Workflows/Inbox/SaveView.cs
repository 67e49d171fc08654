using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClientConnect.Workflows.Inbox;

/// <summary>More views than anybody could find their way in.</summary>
/// <param name="Most">How many one person or team may keep.</param>
public sealed record TooManyViews(int Most) : Refusal(RefusalKind.Invalid)
{
    public override IReadOnlyList<FieldFault> Fields => [new FieldFault("name", "too-many", Arguments: new Dictionary<string, string> { ["limit"] = Arguments["most"] })];

    public override IReadOnlyDictionary<string, string> Arguments => new Dictionary<string, string> { ["most"] = Most.ToString(System.Globalization.CultureInfo.InvariantCulture) };
}

/// <summary>
/// Keeps a filter of the inbox under a name, for the viewer alone or for a team; saving under a name that is there replaces what
/// it meant. It stands on the server: it is there on every device, and a team's is the same for all of them.
/// </summary>
public sealed class SaveView(IDbContextFactory<PortalDb> databases, SavedViews views, BusinessClock clock)
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxName = 40;

    private const int Most = 30;

    /// <param name="team">Null for the viewer alone.</param>
    public async Task<Result<Guid>> HandleAsync(Viewer viewer, string name, InboxFilter filter, string? team, CancellationToken ct)
    {
        var clean = string.Join(' ', name.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        if (WhyNotNamed(clean) is { } fault) return new AnswersAreIncomplete([fault]);
        if (team is not null && !views.TeamsOf(viewer).Contains(team)) return new AnswersAreIncomplete([new FieldFault("team", "not-an-option")]);

        await using var db = await databases.CreateDbContextAsync(ct);
        var own = db.Set<SavedViewRow>().Where(v => team == null ? v.UserId == viewer.User : v.Team == team);
        var known = await own.SingleOrDefaultAsync(v => v.Name == clean, ct);
        if (known is not null && !SavedViews.MayChange(viewer, known)) return new NotYoursToDo("not-your-view");
        if (known is null && await own.CountAsync(ct) >= Most) return new TooManyViews(Most);

        var row = known ?? new SavedViewRow { Id = Guid.CreateVersion7(), UserId = team is null ? viewer.User : null, Team = team, Name = clean, Filter = "{}", SavedBy = viewer.User, SavedAt = clock.GetUtcNow() };
        (row.Filter, row.SavedBy, row.SavedAt) = (filter.ToJson().ToJsonString(), viewer.User, clock.GetUtcNow());
        if (known is null) db.Add(row);
        return await SavedAsync(db, ct) ? row.Id : await HandleAsync(viewer, clean, filter, team, ct);
    }

    private static FieldFault? WhyNotNamed(string name) => name.Length switch
    {
        0 => new FieldFault("name", "required"),
        > MaxName => new FieldFault("name", "too-long", Arguments: new Dictionary<string, string> { ["limit"] = "40" }),
        _ => name.Any(char.IsControl) ? new FieldFault("name", "not-readable") : null,
    };

    // Two people of a team gave the same name at once: the second replaces what the first saved.
    private static async Task<bool> SavedAsync(PortalDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException race) when (race.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
    }
}
