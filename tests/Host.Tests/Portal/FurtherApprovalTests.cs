using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>What another approval follows is not called decided: neither before the confirmation, nor after it, nor in the record.</summary>
public sealed class FurtherApprovalTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task A_confirmation_that_another_approval_follows_is_said_to_go_on_to_it_and_only_the_last_to_decide()
    {
        await market.Releases(w => w.AddsAnApproval("third", "Third review"));
        var (approver, other) = (await market.As(Cast.Approver), await market.As(Cast.Approver2));
        var request = await market.Reviewed();
        var task = await approver.TaskOf(request);

        (await approver.ClaimsTask(task)).Accepted();
        var asked = (await approver.GetAsync("/tasks/" + task)).Accepted().Words();
        var done = await Confirms(approver, task);
        var record = (await approver.GetAsync("/requests/" + request)).Accepted().Words();
        var last = await other.TaskOf(request);
        (await other.ClaimsTask(last)).Accepted();
        var askedLast = (await other.GetAsync("/tasks/" + last)).Accepted().Words();
        var doneLast = await Confirms(other, last);

        Assert.Contains("Confirming decides nothing yet: the request goes on to the next approval, 'Third review'.", asked, StringComparison.Ordinal);
        Assert.Contains("goes on to the next approval, 'Third review'; nothing is decided yet.", done, StringComparison.Ordinal);
        Assert.Contains("Confirmed; goes on to 'Third review'", record, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"Decided(?!\s+to come)", record);
        Assert.Contains("Confirming decides the request as proposed", askedLast, StringComparison.Ordinal);
        Assert.Contains("is decided as proposed", doneLast, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_several_confirmations_decides_nothing_and_shows_the_participant_nothing()
    {
        await market.Releases(w => ReleaseWork.Step(w, "approval")["quorum"] = JsonNode.Parse("""{ "typeName": "Int32", "expression": { "type": "Literal", "value": "2" } }"""));
        var (maker, approver) = (await market.As(Cast.Maker), await market.As(Cast.Approver));
        var request = await market.Reviewed();
        var task = await approver.TaskOf(request);

        (await approver.ClaimsTask(task)).Accepted();
        var asked = (await approver.GetAsync("/tasks/" + task)).Accepted().Words();
        var done = await Confirms(approver, task);

        Assert.Contains("This step needs 2 people to confirm", asked, StringComparison.Ordinal);
        Assert.Contains("others have to confirm before anything is decided", done, StringComparison.Ordinal);
        Assert.Contains("Confirmed; another approval follows", (await approver.GetAsync("/requests/" + request)).Accepted().Words(), StringComparison.Ordinal);
        Assert.Empty((await maker.SeesRequest(request)).Accepted().Json["lines"]!.AsArray());
        Assert.DoesNotMatch(@"Decided(?!\s+to come)", (await maker.GetAsync("/requests/" + request)).Accepted().Words());
    }

    private static async Task<string> Confirms(Person approver, string task)
    {
        var hash = (await approver.SeesTask(task)).Accepted().Json.Text("contentHash");
        var answer = await approver.Presses($"/tasks/{task}/decision", "/tasks/" + task, ("decision", "approve"), ("contentHash", hash), ("in", "all"));
        Assert.Equal(303, (int)answer.Status);
        return (await approver.GetAsync(answer.Location!.ToString())).Accepted().Words();
    }
}
