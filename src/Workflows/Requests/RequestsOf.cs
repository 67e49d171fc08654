using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using Microsoft.EntityFrameworkCore;

namespace ClientConnect.Workflows.Requests;

/// <summary>What a list of requests is cut to; null and empty mean all.</summary>
/// <param name="Search">Part of a request's number or of what its firm calls it.</param>
/// <param name="Page">From 1.</param>
public sealed record RequestFilter(RequestStatus? Status = null, string? EService = null, string? Search = null, bool OpenOnly = false, int Page = 1, int PageSize = 25);

/// <summary>One row of a list of requests.</summary>
public sealed record RequestSummary(RequestId Id, string? Number, string EService, LocalText Name, MembershipId Membership, string ParticipantId, string FirmName, RequestStatus Status,
    int Revision, bool IsLate, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? SubmittedAt, string Version)
{
    /// <summary>The participant's own reference, of what was sent last; of a draft, as it stands.</summary>
    public string? ClientReference { get; init; }

    /// <summary>Null where its eService has no lines.</summary>
    public int? Lines { get; init; }

    /// <summary>Null where the viewer may know only the firm.</summary>
    public string? MakerName { get; init; }

    /// <summary>Messages of the other side that the viewer has not seen.</summary>
    public int NewMessages { get; init; }
}

/// <summary>One page of a list.</summary>
/// <param name="Total">How many there are in all; counted up to 1,000.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int Number, int Size);

/// <summary>The requests that a viewer sees, latest change first.</summary>
public sealed class RequestsOf(IDbContextFactory<PortalDb> databases, Catalogue catalogue, MessagesOf messages, BusinessClock clock)
{
    private const int MostCounted = 1000;

    public async Task<Page<RequestSummary>> HandleAsync(Viewer viewer, RequestFilter filter, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = Filtered(Found(db, viewer, filter.Search?.Trim()), filter);
        var total = await rows.Take(MostCounted).CountAsync(ct);
        var size = Math.Clamp(filter.PageSize, 1, 100);
        var number = Math.Max(1, filter.Page);
        var page = await rows.OrderByDescending(r => r.UpdatedAt).ThenByDescending(r => r.Id).Skip((number - 1) * size).Take(size)
            .Select(r => new { r.Id, r.Number, r.EService, r.MembershipId, r.FirmId, r.Status, r.Revision, r.IsLate, r.CreatedAt, r.UpdatedAt, r.SubmittedAt, r.DraftRevision, r.Sequence })
            .ToListAsync(ct);
        var firms = await FirmsAsync(db, [.. page.Select(r => r.MembershipId.Value).Distinct()], ct);
        var glimpses = await GlimpsesAsync(db, viewer, [.. page.Select(r => r.Id.Value)], [.. page.Select(r => string.Join(',', catalogue.InForce(r.EService, clock.GetUtcNow())?.Form.SetsOfLines.Select(l => l.Name) ?? []))], ct);
        var written = await messages.CountNewAsync(viewer, [.. page.Select(r => r.Id)], ct);
        return new Page<RequestSummary>(
            [.. page.Select(r => glimpses[r.Id.Value].On(new RequestSummary(r.Id, r.Number, r.EService, catalogue.InForce(r.EService, clock.GetUtcNow())?.Service.Name ?? new LocalText(r.EService), r.MembershipId,
                firms[r.MembershipId.Value].ParticipantId, firms[r.MembershipId.Value].Name, r.Status, r.Revision, r.IsLate, r.CreatedAt, r.UpdatedAt, r.SubmittedAt, $"{r.DraftRevision}.{r.Sequence}") { NewMessages = written.GetValueOrDefault(r.Id) }))],
            total, number, size);
    }

    /// <summary>How many requests the viewer sees in each status; statuses without any are left out.</summary>
    public async Task<IReadOnlyDictionary<RequestStatus, int>> CountsAsync(Viewer viewer, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await VisibleTo(db, viewer).GroupBy(r => r.Status).Select(g => new { Status = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Status, g => g.Count, ct);
    }

    private static IQueryable<RequestRow> Filtered(IQueryable<RequestRow> rows, RequestFilter filter)
    {
        if (filter.Status is { } status) rows = rows.Where(r => r.Status == status);
        if (filter.EService is { Length: > 0 } eService) rows = rows.Where(r => r.EService == eService);
        if (filter.OpenOnly) rows = rows.Where(r => r.ClosedAt == null);
        return rows;
    }

    // By the request's number, or by what its firm calls it; as in the list, what a draft says counts until it was sent.
    private static IQueryable<RequestRow> Found(PortalDb db, Viewer viewer, string? search)
    {
        var seen = VisibleTo(db, viewer);
        if (string.IsNullOrEmpty(search)) return seen;
        var like = $"%{search.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

        // A parameter with a name of its own: those of two interpolated queries in one are taken for each other.
        var named = db.Set<RequestRow>().FromSqlRaw(
            """
            SELECT r.* FROM requests.service_request r
            WHERE r.number ILIKE @called OR (CASE WHEN r.sequence = 0 THEN r.draft ELSE r.answers END) ->> 'clientReference' ILIKE @called
            """,
            new Npgsql.NpgsqlParameter("called", like)).AsNoTracking();
        return seen.Where(r => named.Any(n => n.Id == r.Id));
    }

    // The same rule as RequestAccess.MaySee, asked of the rights in force; a test holds the two together.
    private static IQueryable<RequestRow> VisibleTo(PortalDb db, Viewer viewer)
    {
        if (viewer.IsClearingHouse)
        {
            return db.Set<RequestRow>().AsNoTracking().Where(r => viewer.SeesAllRequests && (r.SubmittedAt != null || (viewer.Is(Role.Auditor) && r.Sequence > 0)));
        }

        var user = viewer.User.Value;
        var firm = viewer.Firm.Value;
        return db.Set<RequestRow>().FromSql(
            $"""
            SELECT r.* FROM requests.service_request r WHERE r.firm_id = {firm} AND EXISTS (
              SELECT 1 FROM access.user_right u WHERE u.user_id = {user} AND u.membership_id = r.membership_id AND (u.eservice = '*' OR u.eservice = r.eservice)
                AND (u.may_make OR (r.sequence > 0 AND (u.may_check OR u.may_view))))
            """).AsNoTracking();
    }

    private static async Task<Dictionary<string, (string ParticipantId, string Name)>> FirmsAsync(PortalDb db, string[] memberships, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<FirmName>(
            $"SELECT m.id AS \"Membership\", m.participant_id AS \"ParticipantId\", f.name_en AS \"Name\" FROM access.membership m JOIN access.firm f ON f.id = m.firm_id WHERE m.id = ANY ({memberships})").ToListAsync(ct);
        return found.ToDictionary(f => f.Membership, f => (f.ParticipantId, f.Name));
    }

    // What a draft says, only its own makers see; so of everything that was ever sent, what was sent last.
    private static async Task<Dictionary<Guid, Glimpse>> GlimpsesAsync(PortalDb db, Viewer viewer, Guid[] ids, string[] lines, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<Glimpse>(
            $"""
            SELECT a.id AS "Id", a.said ->> 'clientReference' AS "ClientReference",
              (SELECT jsonb_array_length(a.said -> n) FROM unnest(string_to_array(a.lines, ',')) n WHERE jsonb_typeof(a.said -> n) = 'array' LIMIT 1) AS "Lines",
              CASE WHEN {viewer.IsClearingHouse} OR u.firm_id = {viewer.Firm.Value} THEN u.name END AS "Maker"
            FROM (SELECT x.id, x.lines, r.created_by, CASE WHEN r.sequence = 0 THEN r.draft ELSE r.answers END AS said
              FROM unnest({ids}, {lines}) AS x(id, lines) JOIN requests.service_request r ON r.id = x.id) a JOIN access.user_account u ON u.id = a.created_by
            """).ToListAsync(ct);
        return found.ToDictionary(g => g.Id);
    }

    private sealed record Glimpse(Guid Id, string? ClientReference, int? Lines, string? Maker)
    {
        public RequestSummary On(RequestSummary row) => row with { ClientReference = ClientReference, Lines = Lines, MakerName = Maker };
    }

    private sealed record FirmName(string Membership, string ParticipantId, string Name);
}
