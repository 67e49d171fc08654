using System.Text.Json.Nodes;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Tests.Requests;

/// <summary>Entries for several memberships are written together, and for none of them where one is not the firm's.</summary>
public sealed class StateWriterTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    private int visit;

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

    [Fact]
    public async Task What_is_amended_goes_by_its_new_day_or_keeps_the_one_that_it_had()
    {
        var desk = await Desk.AtAsync(database);
        var request = (await desk.Sees(Desk.Maker, await desk.WithChecker()))!;
        await Changes("moved", RegisterDeed.Begin, """{ "until": "2026-11-24", "quantity": 5 }""");
        await Changes("same", RegisterDeed.Begin, """{ "until": "2026-11-24", "quantity": 5 }""");
        await Changes("moved", RegisterDeed.Amend, """{ "until": "2026-11-26", "quantity": null }""");
        await Changes("same", RegisterDeed.Amend, """{ "until": null, "quantity": 6 }""");

        Assert.Equal("", await EndedAt("2026-11-24 23:59"));
        Assert.Equal("same 2026-11-24", await EndedAt("2026-11-25 00:00"));
        Assert.Equal("moved 2026-11-26, same 2026-11-24", await EndedAt("2026-11-27 00:00"));

        async Task Changes(string key, RegisterDeed deed, string values)
        {
            var apply = new ApplyToRegister("step", ++visit, "buy-in-exemption", null, [new RegisterChange(null, key, (JsonObject)JsonNode.Parse(values)!, deed)]);
            var context = new EffectContext(request, null, desk.Clock.GetUtcNow(), new DeadlinePlan(new Dictionary<string, PlannedDeadline>(), new Dictionary<string, Refusal>(), ""), [apply]);
            Assert.False((await desk.Get<ClickConnection>().WriteAsync(batch => new StateWriter().Write([apply], context, batch), Desk.Ct)).LostRace);
        }

        async Task<string> EndedAt(string hongKong)
        {
            desk.ClockShows(hongKong);
            await desk.Get<EndDueEntries>().RunAsync(Desk.Ct);
            return (await database.Rows.ValueAsync<string>("SELECT coalesce(string_agg(key || ' ' || ended_after, ', ' ORDER BY key), '') FROM register.entry WHERE kind = 'buy-in-exemption' AND ended_after IS NOT NULL"))!;
        }
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
