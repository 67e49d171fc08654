using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Requests;

/// <summary>A note among the clearing house's people.</summary>
public sealed record InternalNote(Guid Id, DateTimeOffset At, string By, string Text);

/// <summary>
/// What the clearing house's people tell each other about a request; participants never see one, and it is no part of what is
/// decided on.
/// </summary>
public sealed class Notes(IDbContextFactory<PortalDb> databases, RequestReader requests, BusinessClock clock)
{
    /// <summary>Longest note, in characters.</summary>
    public const int MaxText = 2000;

    public async Task<Result<Done>> AddAsync(Viewer viewer, RequestId id, string text, CancellationToken ct)
    {
        if (!viewer.IsClearingHouse || await requests.FindAsync(viewer, id, ct) is null) return new NothingHere();
        if (viewer.Is(Role.Auditor)) return new NotYoursToDo("reads-only");
        var clean = text.Trim();
        if (clean.Length == 0) return new AnswersAreIncomplete([new FieldFault("text", "required")]);
        if (clean.Length > MaxText) return new AnswersAreIncomplete([new FieldFault("text", "too-long", Arguments: new Dictionary<string, string> { ["limit"] = "2,000" })]);

        await using var db = await databases.CreateDbContextAsync(ct);
        db.Add(new NoteRow { Id = Guid.CreateVersion7(), RequestId = id, UserId = viewer.User, At = clock.GetUtcNow(), Text = clean });
        await db.SaveChangesAsync(ct);
        return Done.Value;
    }

    /// <summary>Oldest first; empty for participants.</summary>
    public async Task<IReadOnlyList<InternalNote>> OfAsync(Viewer viewer, RequestId id, CancellationToken ct)
    {
        if (!viewer.IsClearingHouse) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Database.SqlQuery<InternalNote>(
            $"""
            SELECT n.id AS "Id", n.at AS "At", u.name AS "By", n.text AS "Text" FROM requests.note n JOIN access.user_account u ON u.id = n.user_id
            WHERE n.request_id = {id.Value} ORDER BY n.at, n.id
            """).ToListAsync(ct);
    }
}
