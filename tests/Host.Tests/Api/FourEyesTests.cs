using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>One person plays one part in a request, in all its rounds. <see cref="Firm.Checker2"/> may make and check, so only this rule stops that person.</summary>
public sealed class FourEyesTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private static Account MakesAndChecks => Cast.B09001.Checker2;

    [Fact]
    public async Task Who_made_a_request_can_not_send_it_to_the_clearing_house()
    {
        var both = await market.As(MakesAndChecks);
        var id = await market.Sent(MakesAndChecks);
        var task = await (await market.As(Cast.Checker)).TaskOf(id);
        var before = await market.Stored(id);

        var problem = (await both.DecidesTask(task, "approve", contentHash: await Hash(Cast.Checker, task))).Refused("same-person-on-both-sides");

        Assert.Equal((403, "edit"), (problem.Status, problem.Body.Text("part")));
        Assert.Equal(before, await market.Stored(id));
        (await (await market.As(Cast.Checker)).Approves(id)).Accepted();
    }

    [Fact]
    public async Task Who_edited_a_draft_once_can_not_check_it_either()
    {
        var maker = await market.As(Cast.Maker);
        var both = await market.As(MakesAndChecks);
        var id = (await maker.StartsDraft(PortalWithMail.Exemption, await maker.SampleOf(PortalWithMail.Exemption))).Id();
        var answers = (await both.SeesRequest(id)).Accepted().Json["answers"]!.DeepClone().AsObject();
        answers["remarks"] = "One word.";
        (await both.SavesAnswers(id, answers)).Accepted();
        (await maker.SubmitsRequest(id)).Accepted();

        var task = await (await market.As(Cast.Checker)).TaskOf(id);
        foreach (var outcome in new[] { "approve", "return", "reject" })
        {
            Assert.Equal(403, (await both.DecidesTask(task, outcome, "Because.", contentHash: await Hash(Cast.Checker, task))).Refused("same-person-on-both-sides").Status);
        }

        Assert.Equal("pendingChecker", await maker.StatusOf(id));
    }

    [Fact]
    public async Task Who_returned_a_request_as_its_checker_can_not_correct_it()
    {
        var both = await market.As(MakesAndChecks);
        var id = await market.Sent();
        (await both.Returns(id, "Half of it.")).Accepted();

        var answers = (await both.SeesRequest(id)).Accepted();
        var saved = await both.SavesAnswers(id, answers.Json["answers"]!.AsObject(), answers.ETag);
        var sent = await both.SubmitsRequest(id);

        Assert.Equal(("check", "check"), (saved.Refused("same-person-on-both-sides").Body.Text("part"), sent.Refused("same-person-on-both-sides").Body.Text("part")));
    }

    [Fact]
    public async Task Who_reviewed_a_request_can_not_approve_it_whatever_roles_that_person_holds()
    {
        await market.Database.OwnerRunsAsync(
            "INSERT INTO access.user_role (id, user_id, role, team) SELECT gen_random_uuid(), id, 'Approver', NULL FROM access.user_account WHERE email = $1", Cast.Reviewer2.Email);
        await market.Database.OwnerRunsAsync("UPDATE access.user_account SET stamp = stamp + 1 WHERE email = $1", Cast.Reviewer2.Email);
        var reviewer = await market.Portal.NewSessionAsync(Cast.Reviewer2);
        var id = await market.Submitted();
        (await reviewer.Approves(id)).Accepted();

        var task = await reviewer.TaskOf(id);
        var claimed = await reviewer.ClaimsTask(task);
        var decided = await reviewer.DecidesTask(task, "approve");

        Assert.Equal((403, "review"), (claimed.Refused("same-person-on-both-sides").Status, claimed.Refused("same-person-on-both-sides").Body.Text("part")));
        Assert.Equal("review", decided.Refused("same-person-on-both-sides").Body.Text("part"));
        (await (await market.As(Cast.Approver)).Approves(id)).Accepted();
        Assert.Equal("approved", await (await market.As(Cast.Maker)).StatusOf(id));
    }

    [Fact]
    public async Task A_maker_without_the_right_to_check_is_told_so()
    {
        var id = await market.Sent();
        var task = await (await market.As(Cast.Checker)).TaskOf(id);

        var answer = await (await market.As(Cast.Maker)).DecidesTask(task, "approve", contentHash: await Hash(Cast.Checker, task));

        Assert.Equal(403, answer.Refused("not-yours-to-do").Status);
        Assert.Equal(1, await market.Database.ValueAsync<long>(
            "SELECT count(*) FROM access.security_event WHERE kind = 'AttemptWasRefused' AND detail->>'path' LIKE '%' || $1 || '%'", task));
    }

    [Fact]
    public async Task A_right_that_was_taken_away_counts_from_the_next_click()
    {
        var id = await market.Sent();
        var checker = await market.Portal.NewSessionAsync(Cast.Checker);
        var task = await checker.TaskOf(id);
        var hash = await Hash(Cast.Checker, task);
        await Rights(Cast.Checker, false);

        try
        {
            Assert.Equal(403, (int)(await checker.DecidesTask(task, "approve", contentHash: hash)).Status);
            Assert.Equal("pendingChecker", await (await market.As(Cast.Maker)).StatusOf(id));
        }
        finally
        {
            await Rights(Cast.Checker, true);
        }
    }

    private async Task Rights(Account account, bool mayCheck)
    {
        await market.Database.OwnerRunsAsync("UPDATE access.user_right SET may_check = $2, may_view = true WHERE user_id = (SELECT id FROM access.user_account WHERE email = $1)", account.Email, mayCheck);
        await market.Database.OwnerRunsAsync("UPDATE access.user_account SET stamp = stamp + 1 WHERE email = $1", account.Email);
    }

    private async Task<string> Hash(Account account, string task) => (await (await market.As(account)).SeesTask(task)).Accepted().Json.Text("contentHash");
}
