using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Tests.Requests;

/// <summary>Entries for several memberships are written together, and for none of them where one is not the firm's.</summary>
public sealed class StateWriterTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task Each_membership_that_is_named_has_its_entry()
    {
        var (written, holders) = await WriteAsync("both", DeskDatabase.Own, DeskDatabase.Custody);

        Assert.True(written);
        Assert.Equal([DeskDatabase.Own.Value, DeskDatabase.Custody.Value], holders);
    }

    [Fact]
    public async Task Where_one_is_somebody_elses_nothing_at_all_is_written()
    {
        var (written, holders) = await WriteAsync("foreign", DeskDatabase.Own, DeskDatabase.Others);

        Assert.False(written);
        Assert.Empty(holders);
    }

    private async Task<(bool Written, string[] Holders)> WriteAsync(string key, params MembershipId[] memberships)
    {
        var desk = await Desk.AtAsync(database);
        var request = (await desk.Sees(Desk.Maker, await desk.WithChecker()))!;
        var apply = new ApplyToRegister("step", 1, "company-name", null, [.. memberships.Select(m => new RegisterChange(null, key, new JsonObject { ["nameEn"] = "Another" }) { Membership = m.Value })]);
        var context = new EffectContext(request, null, desk.Clock.GetUtcNow(), new DeadlinePlan(new Dictionary<string, PlannedDeadline>(), new Dictionary<string, Refusal>(), ""), [apply]);
        var outcome = await desk.Get<ClickConnection>().WriteAsync(batch => new StateWriter().Write([apply], context, batch), Desk.Ct);
        var holders = await database.Rows.ValueAsync<string[]>("SELECT coalesce(array_agg(membership_id ORDER BY membership_id DESC), '{}') FROM register.entry WHERE kind = 'company-name' AND key = $1", key);
        return (!outcome.LostRace, [.. holders!.OrderBy(h => h == DeskDatabase.Custody.Value)]);
    }
}
