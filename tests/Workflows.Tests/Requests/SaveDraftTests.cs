using System.Text.Json.Nodes;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Tests.Requests;

public sealed class SaveDraftTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task A_save_raises_the_version_and_remembers_who_edited()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Draft();

        var saved = await desk.Saves("maker2@b09001.example", id, Reference(desk, "second"), "1.0");

        var draft = (await desk.Sees(Desk.Maker, id))!;
        Assert.Equal(("2.0", "2.0"), (saved.Value.Version, draft.Version));
        Assert.Equal("second", (string?)draft.Draft!["clientReference"]);
        Assert.Equal([(await desk.As(Desk.Maker)).User, (await desk.As("maker2@b09001.example")).User], draft.Parts.Edit);
    }

    [Fact]
    public async Task Nobody_overwrites_what_somebody_else_has_saved()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Draft();
        await desk.Saves(Desk.Maker, id, Reference(desk, "first"), "1.0");

        var refusal = await desk.Refused<SomebodyElseHasSaved>(() => desk.Saves("maker2@b09001.example", id, Reference(desk, "second"), "1.0"));

        Assert.Equal("2.0", refusal.Current);
    }

    [Fact]
    public async Task Of_two_saves_at_the_same_moment_one_wins()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Draft();

        var saves = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => desk.Saves(Desk.Maker, id, Reference(desk, $"n{n}"), "1.0")));

        Assert.Single(saves, s => !s.IsRefused);
        Assert.Equal("2.0", (await desk.Sees(Desk.Maker, id))!.Version);
    }

    [Fact]
    public async Task A_save_says_which_version_it_changes()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Draft();

        await desk.Refused<SayWhichVersionYouSaw>(() => desk.Saves(Desk.Maker, id, desk.Answers(), null));
    }

    [Fact]
    public async Task What_was_sent_is_not_edited_any_more()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();

        await desk.Refused<RequestHasMovedOn>(() => desk.Saves(Desk.Maker, id, desk.Answers(), "1.1"));
    }

    [Fact]
    public async Task Others_cannot_tell_that_there_is_a_draft()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Draft();

        foreach (var other in new[] { "maker@b09002.example", Desk.Checker, "reader@b09001.example", "elsewhere@b09001.example", Desk.Reviewer, "auditor@clearing.example" })
        {
            await desk.Refused<NothingHere>(() => desk.Saves(other, id, desk.Answers(), "1.0"));
        }
    }

    [Fact]
    public async Task Whoever_has_checked_does_not_correct()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.WithChecker();
        Desk.IdOf(await desk.Decides("both@b09001.example", id, "return"));
        var seen = (await desk.Sees(Desk.Maker, id))!.Version;

        var refusal = await desk.Refused<SamePersonOnBothSides>(() => desk.Saves("both@b09001.example", id, desk.Answers(), seen));

        Assert.Equal(Part.Check, refusal.Played);
    }

    private static JsonObject Reference(Desk desk, string text)
    {
        var answers = desk.Answers();
        answers["clientReference"] = text;
        return answers;
    }
}
