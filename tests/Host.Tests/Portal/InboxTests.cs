using System.Net;
using System.Text.RegularExpressions;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>The clearing house's pages by forms alone: views kept, tasks worked through in series, nothing typed lost.</summary>
public sealed partial class InboxTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task After_a_decision_comes_the_next_task_of_the_same_view_with_what_was_done()
    {
        var reviewer = await market.As(Cast.Reviewer);
        var (one, two) = (await TaskOfPeak(reviewer), await TaskOfPeak(reviewer));
        const string View = "view=mine&q=b09002";
        (await reviewer.ClaimsTask(one)).Accepted();
        (await reviewer.ClaimsTask(two)).Accepted();
        var page = await reviewer.GetAsync($"/tasks/{one}?in={Uri.EscapeDataString(View)}");
        Assert.Contains("cc-series", page.Body, StringComparison.Ordinal);

        var decided = await PageForm.On(page, $"/tasks/{one}/decision").With(("decision", "approve")).SendAsync(reviewer);

        var there = Goes(decided);
        Assert.StartsWith($"/tasks/{two}?", there, StringComparison.Ordinal);
        var next = await reviewer.GetAsync(there);
        Assert.Contains("your proposal is with the second reviewer. This is the next task of the same view.", next.Body, StringComparison.Ordinal);
        var last = Goes(await PageForm.On(next, $"/tasks/{two}/decision").With(("decision", "approve")).SendAsync(reviewer));
        Assert.StartsWith("/inbox?view=mine&q=b09002&done=review.approve&of=SET1-", last, StringComparison.Ordinal);
        Assert.Contains("Nothing else in this view waits for you.", (await reviewer.GetAsync(last)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claim_next_gives_a_free_task_and_after_its_decision_another_one()
    {
        var approver = await market.As(Cast.Approver2);
        var numbers = new[] { await market.Reviewed(), await market.Reviewed() };
        var inbox = await approver.GetAsync("/inbox?view=unclaimed");

        var first = Goes(await PageForm.On(inbox, "/inbox/claim").SendAsync(approver));

        var page = await approver.GetAsync(first);
        Assert.Contains("You have this task.", page.Body, StringComparison.Ordinal);
        var second = Goes(await PageForm.On(page, PathOf(first) + "/decision").With(("decision", "approve")).SendAsync(approver));
        Assert.Contains("The next task of the same view is yours.", (await approver.GetAsync(second)).Body, StringComparison.Ordinal);
        Assert.NotEqual(PathOf(first), PathOf(second));
        Assert.Equal(2, numbers.Length);
    }

    [Fact]
    public async Task A_note_keeps_all_that_was_typed_for_the_decision()
    {
        var (reviewer, task) = await Claimed();
        var typed = PageForm.On(await reviewer.GetAsync(task), task + "/decision").With(("decision", "note"), ("note", "Ask settlement first."), ("reason", "half a sentence"), ("lines[0].outcome", "reject"));

        var noted = await typed.SendAsync(reviewer);

        Assert.Equal(HttpStatusCode.OK, noted.Status);
        Assert.Contains("Ask settlement first.", noted.Body, StringComparison.Ordinal);
        Assert.EndsWith(task, (await reviewer.GetAsync(task + "/decision")).Location!.ToString(), StringComparison.Ordinal);
        var again = PageForm.On(noted, task + "/decision");
        Assert.Equal(("half a sentence", "reject", ""), (again["reason"], again["lines[0].outcome"], again["note"]));
    }

    [Fact]
    public async Task All_lines_are_set_at_once_without_script()
    {
        var (reviewer, task) = await Claimed();
        var form = PageForm.On(await reviewer.GetAsync(task), task + "/decision");
        var reason = Reason().Match((await reviewer.GetAsync(task)).Body).Groups[1].Value;

        var set = await form.With(("decision", "fill"), ("all.outcome", "reject"), ("all.reason", reason)).SendAsync(reviewer);

        var again = PageForm.On(set, task + "/decision");
        Assert.Equal(("reject", reason, "reject", reason), (again["lines[0].outcome"], again["lines[0].reason"], again["lines[1].outcome"], again["lines[1].reason"]));
        Assert.StartsWith("/requests/", Goes(await again.With(("decision", "approve")).SendAsync(reviewer)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_on_what_is_no_longer_there_comes_back_whole_with_the_difference()
    {
        var (reviewer, task) = await Claimed();

        var stale = await PageForm.On(await reviewer.GetAsync(task), task + "/decision").With(("decision", "return"), ("reason", "all that I wrote"), ("contentHash", "of something else")).SendAsync(reviewer);

        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("Not recorded: what you saw has changed", stale.Body, StringComparison.Ordinal);
        var again = PageForm.On(stale, task + "/decision");
        Assert.Equal("all that I wrote", again["reason"]);
        Assert.StartsWith("/requests/", Goes(await again.With(("decision", "return")).SendAsync(reviewer)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enter_in_a_field_decides_nothing()
    {
        var (reviewer, task) = await Claimed();
        var page = await reviewer.GetAsync(task);

        var first = FirstButton().Match(page.Body[page.Body.IndexOf("id=\"decision\"", StringComparison.Ordinal)..]).Groups[1].Value;
        var answer = await PageForm.On(page, task + "/decision").With(("decision", first), ("reason", "typed")).SendAsync(reviewer);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("typed", PageForm.On(answer, task + "/decision")["reason"]);
    }

    [Fact]
    public async Task Who_was_too_late_gets_back_what_was_typed()
    {
        var (reviewer, task) = await Claimed();
        var form = PageForm.On(await reviewer.GetAsync(task), task + "/decision");
        (await reviewer.DecidesTask(task["/tasks/".Length..], "approve")).Accepted();

        var late = await form.With(("decision", "return"), ("reason", "a long explanation")).SendAsync(reviewer);

        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains(">a long explanation</textarea>", late.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_is_kept_shown_with_its_count_and_taken_away()
    {
        await market.Submitted();
        var reviewer = await market.As(Cast.Reviewer2);
        const string View = "/inbox?step=review&q=b09001";
        var page = await reviewer.GetAsync(View);

        var refused = await PageForm.On(page, "/inbox/views").With(("name", " ")).SendAsync(reviewer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("id=\"error-summary\"", refused.Body, StringComparison.Ordinal);
        Assert.Equal(View + "&done=view-saved", Goes(await PageForm.On(refused, "/inbox/views").With(("name", "Harbour & Co")).SendAsync(reviewer)));

        var kept = await reviewer.GetAsync(View);
        Assert.Matches("aria-current=\"page\">Harbour &amp; Co\\s*<span class=\"cc-count\">[1-9]", kept.Body);
        var removal = Removal().Match(kept.Body).Groups[1].Value;
        Assert.Equal(View + "&done=view-removed", Goes(await PageForm.On(kept, removal).SendAsync(reviewer)));
        Assert.DoesNotContain("Harbour &amp; Co", (await reviewer.GetAsync(View)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_stand_as_chips_and_each_can_be_taken_away()
    {
        var supervisor = await market.As(Cast.Supervisor);

        var page = await supervisor.GetAsync("/inbox?view=unclaimed&step=review&due=today&q=nobody");

        Assert.Contains("No task matches", page.Body, StringComparison.Ordinal);
        foreach (var without in new[] { "/inbox?step=review&amp;due=today&amp;q=nobody", "/inbox?view=unclaimed&amp;due=today&amp;q=nobody", "/inbox?view=unclaimed&amp;step=review&amp;q=nobody", "/inbox?view=unclaimed&amp;step=review&amp;due=today" })
        {
            Assert.Contains($"href=\"{without}\"", page.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_supervisor_gives_a_task_to_somebody_who_could_do_it()
    {
        var request = await market.Submitted();
        var supervisor = await market.As(Cast.Supervisor);
        var task = "/tasks/" + await supervisor.TaskOf(request);
        var page = await supervisor.GetAsync(task);
        Assert.Contains(Cast.Reviewer2.Email, page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain($"value=\"{Cast.Approver.Email}\"", page.Body, StringComparison.Ordinal);

        var given = Goes(await PageForm.On(page, task + "/assignment").With(("to", Cast.Reviewer2.Email)).SendAsync(supervisor));

        Assert.Equal(task + "?done=assigned", given);
        Assert.Contains("You have this task.", (await (await market.As(Cast.Reviewer2)).GetAsync(task)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_not_me_says_what_the_person_did_and_who_can()
    {
        var request = await market.Reviewed();
        var reviewer = await market.As(Cast.Reviewer);
        var task = await (await market.As(Cast.Approver)).TaskOf(request);

        var page = await reviewer.GetAsync("/tasks/" + task);
        var api = (await reviewer.SeesTask(task)).Accepted().Json;

        Assert.Contains("Why not me?", page.Body, StringComparison.Ordinal);
        foreach (var name in api["able"]!.AsArray().Select(n => n!.GetValue<string>())) Assert.Contains(name, page.Body, StringComparison.Ordinal);
        Assert.Equal("not-yours-to-do", api.Text("whyNot"));
    }

    [Fact]
    public async Task Shortcuts_are_off_for_participants_on_for_the_clearing_house_and_follow_the_persons_choice()
    {
        var (maker, reviewer) = (await market.As(Cast.B09003.Maker), await market.As(Cast.Approver));
        Assert.DoesNotContain("data-shortcuts=\"on\"", (await maker.GetAsync("/")).Body, StringComparison.Ordinal);
        Assert.Contains("data-shortcuts=\"on\"", (await reviewer.GetAsync("/")).Body, StringComparison.Ordinal);

        await PageForm.On(await maker.GetAsync("/account"), "/account/shortcuts").With(("on", "true")).SendAsync(maker);
        await PageForm.On(await reviewer.GetAsync("/account"), "/account/shortcuts").With(("on", "false")).SendAsync(reviewer);

        Assert.Contains("data-shortcuts=\"on\"", (await (await market.As(Cast.B09003.Maker)).GetAsync("/")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("shortcuts.js", (await (await market.As(Cast.Approver)).GetAsync("/")).Body, StringComparison.Ordinal);
        await PageForm.On(await reviewer.GetAsync("/account"), "/account/shortcuts").With(("on", "true")).SendAsync(reviewer);
    }

    // Of a firm that no other test of the class asks anything for.
    private async Task<string> TaskOfPeak(Person reviewer)
    {
        var request = await market.Sent(Cast.B09002.Maker);
        (await (await market.As(Cast.B09002.Checker)).Approves(request)).Accepted();
        return await reviewer.TaskOf(request);
    }

    // With more than one line, so that there is something to set at once.
    private async Task<(Person Reviewer, string Task)> Claimed()
    {
        var request = await market.Submitted();
        var reviewer = await market.As(Cast.Reviewer);
        var task = await reviewer.TaskOf(request);
        (await reviewer.ClaimsTask(task)).Accepted();
        return (reviewer, "/tasks/" + task);
    }

    private static string Goes(Answer answer) => answer.Status == HttpStatusCode.SeeOther ? answer.Location!.ToString() : throw new InvalidOperationException($"Expected to be sent on: {answer}");

    private static string PathOf(string address) => address.Split('?')[0];

    [GeneratedRegex("name=\"all.reason\".*?<option value=\"([^\"]+)\"", RegexOptions.Singleline)]
    private static partial Regex Reason();

    [GeneratedRegex("<button[^>]*name=\"decision\" value=\"([^\"]*)\"")]
    private static partial Regex FirstButton();

    [GeneratedRegex("action=\"(/inbox/views/[^\"]+/removal)\"")]
    private static partial Regex Removal();
}
