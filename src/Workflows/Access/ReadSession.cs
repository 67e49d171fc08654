using System.Text.Json;
using System.Text.Json.Serialization;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;
using Npgsql;

namespace ClientConnect.Workflows.Access;

/// <summary>
/// Who looks, by the session's token: in one round trip, with rights as of now. Nobody where the session has ended, was idle for
/// too long, still awaits its second factor, or belongs to a disabled account.
/// </summary>
public sealed class ReadSession(ClickConnection connection, TimeProvider machine)
{
    private const string Touch =
        """
        UPDATE access.session SET last_seen_at = $2
        WHERE token_hash = $1 AND ended_at IS NULL AND second_factor_at IS NOT NULL AND expires_at > $2 AND last_seen_at > $3 AND last_seen_at < $4
        """;

    private const string Read =
        """
        SELECT u.id, u.name, u.email, u.stamp, u.language, f.id, f.name_en, f.is_clearing_house,
          (SELECT jsonb_agg(jsonb_build_object('eService', r.eservice, 'membership', r.membership_id, 'mayView', r.may_view,
                                               'mayMake', r.may_make, 'mayCheck', r.may_check) ORDER BY r.membership_id, r.eservice)
           FROM access.user_right r JOIN access.membership m ON m.id = r.membership_id
           WHERE r.user_id = u.id AND m.firm_id = u.firm_id) AS rights,
          (SELECT jsonb_agg(jsonb_build_object('id', m.id, 'clearingHouse', m.clearing_house, 'participantId', m.participant_id,
                                               'kind', m.kind, 'isChinaConnect', m.is_china_connect) ORDER BY m.clearing_house, m.id)
           FROM access.membership m
           WHERE m.firm_id = u.firm_id AND EXISTS (SELECT 1 FROM access.user_right r WHERE r.user_id = u.id AND r.membership_id = m.id)) AS memberships,
          (SELECT jsonb_agg(jsonb_build_object('role', o.role, 'team', o.team) ORDER BY o.role, o.team)
           FROM access.user_role o WHERE o.user_id = u.id) AS roles,
          COALESCE(u.has_shortcuts, f.is_clearing_house) AS has_shortcuts
        FROM access.session s JOIN access.user_account u ON u.id = s.user_id JOIN access.firm f ON f.id = u.firm_id
        WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.second_factor_at IS NOT NULL AND s.expires_at > $2 AND s.last_seen_at > $3
          AND NOT u.is_disabled
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <returns>Null where nobody is signed in with this token.</returns>
    public Task<Viewer?> HandleAsync(SessionToken token, CancellationToken ct) => HandleAsync(token.Hash, ct);

    internal Task<Viewer?> HandleAsync(byte[] tokenHash, CancellationToken ct)
    {
        var now = machine.GetUtcNow();
        return connection.ReadAsync(
            batch =>
            {
                batch.Add(Touch, tokenHash, now, now - SessionLimits.Idle, now - SessionLimits.SeenEvery);
                batch.Add(Read, tokenHash, now, now - SessionLimits.Idle);
            },
            async (reader, token) => await reader.ReadAsync(token) ? Map(reader, tokenHash) : null,
            ct);
    }

    private static Viewer Map(NpgsqlDataReader row, byte[] session)
    {
        var rights = List<RightInRow>(row, "rights");
        var roles = List<RoleInRow>(row, "roles");
        return new Viewer(
            new UserId(row.GetGuid(0)),
            row.GetString(1),
            row.GetString(2),
            new FirmId(row.GetGuid(5)),
            row.GetString(6),
            row.GetBoolean(7),
            session,
            row.GetInt32(3),
            row.GetString(4),
            [.. List<MembershipInRow>(row, "memberships").Select(m => new HeldMembership(new MembershipId(m.Id), m.ClearingHouse, m.ParticipantId, m.Kind, m.IsChinaConnect))],
            [.. rights.Select(r => new Right(r.EService, new MembershipId(r.Membership), r.MayView, r.MayMake, r.MayCheck))],
            [.. roles.Select(r => r.Role).Distinct()],
            row.GetBoolean(7) ? [.. roles.Select(r => r.Team ?? Teams.All).Distinct(StringComparer.Ordinal)] : [])
        {
            HasShortcuts = row.GetBoolean(row.GetOrdinal("has_shortcuts")),
        };
    }

    private static List<T> List<T>(NpgsqlDataReader row, string column) =>
        row.IsDBNull(row.GetOrdinal(column)) ? [] : JsonSerializer.Deserialize<List<T>>(row.GetString(row.GetOrdinal(column)), Json) ?? [];

    private sealed record RightInRow(string EService, string Membership, bool MayView, bool MayMake, bool MayCheck);

    private sealed record MembershipInRow(string Id, ClearingHouse ClearingHouse, string ParticipantId, string Kind, bool IsChinaConnect);

    private sealed record RoleInRow(Role Role, string? Team);
}
