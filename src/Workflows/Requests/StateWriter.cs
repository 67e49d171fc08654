using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// Writes what Requests itself owns: status and decision stand in the request's row and event already; what was approved goes into
/// the register as entries that say which request and line they came from.
/// </summary>
public sealed class StateWriter : IEffectWriter
{
    public IReadOnlyCollection<Type> Writes { get; } = [typeof(SetStatus), typeof(RecordDecision), typeof(ApplyToRegister)];

    public void Write(Effect effect, EffectContext context, ClickBatch batch)
    {
        if (effect is not ApplyToRegister apply) return;
        var from = apply.EffectiveOn is { } date ? HongKong.At(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.MinValue) : context.Now;
        foreach (var change in apply.Changes)
        {
            Replace(batch, apply.Kind, change.Key, change.Values, context, from, change.Line);
        }
    }

    // An entry is never overwritten: the old one ends where the new one begins, so that the register can be read as of any moment.
    private static void Replace(ClickBatch batch, string kind, string key, JsonObject values, EffectContext context, DateTimeOffset from, int? line)
    {
        var request = context.Request;
        batch.Add(
            "UPDATE register.entry SET valid_to = $4 WHERE kind = $1 AND key = $2 AND membership_id = $3 AND valid_to IS NULL",
            kind, key, request.Membership.Id.Value, from);
        batch.Add(
            """
            INSERT INTO register.entry (id, kind, key, membership_id, firm_id, values, valid_from, request_id, line)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            StableId.Of(request.Id.Value, $"register:{kind}:{key}"), kind, key, request.Membership.Id.Value, request.Firm.Value, values, from, request.Id.Value, line);
    }
}
