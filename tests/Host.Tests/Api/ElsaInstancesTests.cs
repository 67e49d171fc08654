using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Api;

/// <summary>What Elsa Studio's instance viewer asks, asked without a browser: where a request stands, what happened when, by whom.</summary>
public sealed class ElsaInstancesTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Instances = "/elsa/api/workflow-instances";
    private const string Executions = "/elsa/api/activity-executions";
    private const string Exemption = PortalWithMail.Exemption;
    private const string Node = "Workflow1:Flowchart1:";

    private static readonly string[] Readers = ["", "/execution-state", "/variables"];

    [Fact]
    public async Task An_instance_says_where_a_request_stands_by_the_release_that_it_keeps()
    {
        var (request, number) = await Reviewed();

        var instance = (await Asks($"{Instances}/{request}")).Json;

        Assert.Equal((request, number, Exemption), (instance.Text("id"), instance.Text("correlationId"), instance.Text("definitionId")));
        Assert.Equal(("Running", "Suspended"), (instance.Text("status"), instance.Text("subStatus")));
        Assert.Equal(Node + "approval", Assert.Single(instance["workflowState"]!["bookmarks"]!.AsArray()).Text("activityNodeId"));
        var definition = (await Asks($"/elsa/api/workflow-definitions/by-id/{instance.Text("definitionVersionId")}")).Json;
        Assert.Equal((Exemption, instance["version"]!.GetValue<int>()), (definition.Text("definitionId"), definition["version"]!.GetValue<int>()));
        var state = (await Asks($"{Instances}/{request}/execution-state")).Json;
        Assert.Equal(("Running", "Suspended", instance.Text("updatedAt")), (state.Text("status"), state.Text("subStatus"), state.Text("updatedAt")));
    }

    [Fact]
    public async Task The_journal_tells_what_happened_at_which_step_and_by_whom_and_what_is_waited_for()
    {
        var (request, _) = await Reviewed();

        var journal = await Journal(request);

        Assert.Equal(
            ["start Completed", "check Completed", "review Resumed", "review Completed", "approval Suspended"],
            journal.Select(j => $"{j.Text("activityId")} {j.Text("eventName")}"));
        Assert.Equal(Enumerable.Range(1, 5), journal.Select(j => j!["sequence"]!.GetValue<int>()));
        Assert.All(journal, j => Assert.Equal(Node + j.Text("activityId"), j.Text("nodeId")));
        Assert.StartsWith("Outcome proposed: ", journal[3].Text("message"), StringComparison.Ordinal);
        Assert.Contains("Clearing house reviewer", journal[3].Text("message"), StringComparison.Ordinal);
        Assert.Equal(("reviewer", "review.approve"), (journal[3]!["payload"].Text("part"), journal[3]!["payload"].Text("what")));
        Assert.Equal("ClientConnect.ClearingHouseReview", journal[3].Text("activityType"));
        Assert.Equal(journal.Select(j => j.Text("timestamp")).Order(StringComparer.Ordinal), journal.Select(j => j.Text("timestamp")));
    }

    [Fact]
    public async Task A_return_and_its_correction_stand_at_their_steps()
    {
        var request = await market.Submitted();
        (await (await market.As(Cast.Reviewer)).Returns(request, "The number is wrong.")).Accepted();
        (await (await market.As(Cast.Maker)).SubmitsRequest(request)).Accepted();
        (await (await market.As(Cast.Maker)).WithdrawsRequest(request)).Accepted();

        var told = (await Journal(request)).Select(j => $"{j.Text("activityId")} {j.Text("eventName")}");

        Assert.Equal(["start Completed", "check Completed", "review Resumed", "review Completed", "correctForHkex Completed", "checkCorrection Canceled"], told);
        Assert.Equal(("Finished", "Cancelled"), await StateOf(request));
    }

    [Fact]
    public async Task A_journal_is_cut_to_steps_events_and_pages()
    {
        var (request, _) = await Reviewed();

        Assert.Equal(2, (await Journal(request, """{"filter":{"activityNodeIds":["Workflow1:Flowchart1:review"]}}""")).Count);
        Assert.Single(await Journal(request, """{"filter":{"activityIds":["review"],"eventNames":["Completed"],"excludedActivityTypes":["Elsa.Workflow"]}}"""));
        Assert.Equal(4, (await Journal(request, """{"filter":{"activityIds":null,"activityNodeIds":null,"excludedActivityTypes":["Elsa.Start"],"eventNames":null}}""")).Count);
        Assert.Empty(await Journal(request, """{"filter":{"activityNodeIds":["Workflow1:Flowchart1:nothing"]}}"""));
        var page = (await Posts($"{Instances}/{request}/journal?skip=1&take=2")).Accepted().Json;
        Assert.Equal(["check", "review"], page["items"]!.AsArray().Select(j => j.Text("activityId")));
        Assert.Equal(5, page["totalCount"]!.GetValue<int>());
        Assert.Equal(2, page["items"]![0]!["sequence"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_report_counts_how_often_each_step_was_begun_and_done()
    {
        var (request, _) = await Reviewed();
        var body = new JsonObject { ["workflowInstanceId"] = request, ["activityNodeIds"] = new JsonArray(Node + "check", Node + "approval", Node + "endCompleted", Node + "nothing") };

        var stats = (await Posts($"{Executions}/report", body.ToJsonString())).Accepted().Json["stats"]!.AsArray();

        Assert.Equal(
            ["check 1 1 0 False", "approval 1 0 1 True", "endCompleted 0 0 0 False"],
            stats.Select(s => $"{s.Text("activityId")} {s!["startedCount"]} {s["completedCount"]} {s["uncompletedCount"]} {s["isBlocked"]!.GetValue<bool>()}"));
        Assert.All(stats, s => Assert.Equal((Node + s.Text("activityId"), false), (s.Text("activityNodeId"), s!["isFaulted"]!.GetValue<bool>())));
    }

    [Theory]
    [InlineData(Executions + "/list")]
    [InlineData("/elsa/api/activity-execution-summaries/list")]
    public async Task The_visits_of_a_step_have_their_times(string path)
    {
        var (request, _) = await Reviewed();

        var done = Assert.Single((await Asks($"{path}?WorkflowInstanceId={request}&ActivityNodeId={Node}review")).Json["items"]!.AsArray());
        var waiting = Assert.Single((await Asks($"{path}?WorkflowInstanceId={request}&ActivityNodeId={Node}approval")).Json["items"]!.AsArray());
        var all = (await Asks($"{path}?WorkflowInstanceId={request}")).Json;
        var one = (await Asks($"{Executions}/by-id?id={Uri.EscapeDataString(waiting.Text("id"))}")).Json;

        Assert.Equal(("Completed", false), (done.Text("status"), done!["hasBookmarks"]!.GetValue<bool>()));
        Assert.Equal(done.Text("completedAt"), waiting.Text("startedAt"));
        Assert.Equal(("Running", true), (waiting.Text("status"), waiting!["hasBookmarks"]!.GetValue<bool>()));
        Assert.Null(waiting["completedAt"]);
        Assert.Equal(["start", "pendingChecker", "tellCheckers", "check", "submitted", "tellSent", "review", "pendingApproval", "approval"], all["items"]!.AsArray().Select(e => e.Text("activityId")));
        Assert.Equal(9, all["count"]!.GetValue<int>());
        Assert.True(JsonNode.DeepEquals(waiting, one), $"{waiting}\n{one}");
    }

    [Fact]
    public async Task The_list_is_of_what_was_sent_cut_by_eService_number_and_state()
    {
        var (request, number) = await Reviewed();
        var (checking, ended) = (await market.Sent(), await market.Submitted());
        (await (await market.As(Cast.Maker)).WithdrawsRequest(ended)).Accepted();

        Assert.Equal([request], Ids(await List($$"""{"page":0,"pageSize":10,"searchTerm":"{{number.ToLowerInvariant()}}","definitionIds":["{{Exemption}}"],"statuses":[]}""")));
        Assert.Empty(Ids(await List($$"""{"searchTerm":"{{number}}","definitionId":"another"}""")));
        Assert.Empty(Ids(await List("""{"isSystem":true}""")));
        Assert.Contains(ended, Ids(await List("""{"pageSize":100,"status":"Finished"}""")));
        var running = await List("""{"pageSize":100,"status":"Running"}""");
        Assert.Contains(request, Ids(running));
        Assert.DoesNotContain(ended, Ids(running));
        Assert.DoesNotContain(checking, Ids(running));
        var (first, second) = (await List("""{"page":0,"pageSize":1}"""), await List("""{"page":1,"pageSize":1}"""));
        Assert.NotEqual(Assert.Single(Ids(first)), Assert.Single(Ids(second)));
        Assert.True(first["totalCount"]!.GetValue<int>() >= 2);
    }

    [Fact]
    public async Task Who_may_not_read_requests_is_told_the_course_but_nothing_that_the_request_says()
    {
        var request = await market.Submitted();
        const string Reason = "Zebra crossing 4711.";
        (await (await market.As(Cast.Reviewer)).Returns(request, Reason)).Accepted();
        var whole = (await (await market.As(Cast.Reviewer)).SeesRequest(request)).Accepted().Json;
        var position = whole["answers"]!["lines"]![0].Text("positionNo");

        var told = string.Concat((await Task.WhenAll(Readers.Select(r => Asks($"{Instances}/{request}{r}")))).Select(a => a.Body))
            + (await Posts($"{Instances}/{request}/journal")).Body + (await Asks($"{Executions}/list?workflowInstanceId={request}")).Body + (await (await market.As(Cast.Analyst)).GetAsync($"/designer/studio/requests/{request}")).Body;

        Assert.Contains("Returned for correction", told, StringComparison.Ordinal);
        Assert.DoesNotContain(Reason, told, StringComparison.Ordinal);
        Assert.DoesNotContain(position, told, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"/requests/{request}\"", told, StringComparison.Ordinal);
        Assert.Equal(403, (int)(await (await market.As(Cast.Analyst)).SeesRequest(request)).Status);
    }

    [Fact]
    public async Task An_analyst_who_also_reviews_reads_reasons_and_finds_both_ways()
    {
        var request = await market.Submitted();
        (await (await market.As(Cast.Reviewer)).Returns(request, "Zebra crossing 4712.")).Accepted();
        await market.Database.OwnerRunsAsync("INSERT INTO access.user_role (id, user_id, role, team) SELECT gen_random_uuid(), id, 'Supervisor', NULL FROM access.user_account WHERE email = $1", Cast.Analyst2.Email);
        var person = await market.Portal.NewSessionAsync(Cast.Analyst2);

        var journal = (await person.SendsJsonAsync(HttpMethod.Post, $"{Instances}/{request}/journal", new JsonObject())).Accepted();

        Assert.Contains("Zebra crossing 4712.", journal.Body, StringComparison.Ordinal);
        Assert.Contains($"href=\"/designer/studio/requests/{request}\"", (await person.GetAsync($"/requests/{request}")).Accepted().Body, StringComparison.Ordinal);
        Assert.Contains($"href=\"/requests/{request}\"", (await person.GetAsync($"/designer/studio/requests/{request}")).Accepted().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("/designer/studio", (await (await market.As(Cast.Reviewer)).GetAsync($"/requests/{request}")).Accepted().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_sent_to_the_clearing_house_is_not_there()
    {
        var draft = (await (await market.As(Cast.Maker)).StartsDraft(Exemption)).Id();
        foreach (var id in new[] { await market.Sent(), draft, Guid.NewGuid().ToString(), "no-id" })
        {
            foreach (var path in Readers.Select(r => $"{Instances}/{id}{r}").Concat([$"{Executions}/list?workflowInstanceId={id}", $"{Executions}/by-id?id={id}:check:1", "/elsa/api/activity-execution-summaries/list", $"/designer/studio/requests/{id}"]))
            {
                Assert.Equal((404, path), ((int)(await (await market.As(Cast.Analyst)).GetAsync(path)).Status, path));
            }

            (await Posts($"{Instances}/{id}/journal")).Refused("nothing-here");
            (await Posts($"{Executions}/report", new JsonObject { ["workflowInstanceId"] = id }.ToJsonString())).Refused("nothing-here");
        }
    }

    [Fact]
    public async Task It_is_for_analysts_alone()
    {
        var (request, _) = await Reviewed();
        foreach (var account in new[] { Cast.Maker, Cast.Checker, Cast.Reviewer, Cast.Supervisor, Cast.Auditor, Cast.Administrator })
        {
            var person = await market.As(account);
            Assert.All(await Task.WhenAll(Readers.Select(r => person.GetAsync($"{Instances}/{request}{r}"))), a => Assert.Equal(403, (int)a.Status));
            Assert.Equal(403, (int)(await person.GetAsync($"/designer/studio/requests/{request}")).Status);
            Assert.All(await Task.WhenAll(Questions(request).Select(q => person.SendsJsonAsync(HttpMethod.Post, q, new JsonObject()))), a => Assert.Equal(403, (int)a.Status));
        }
    }

    [Fact]
    public async Task Its_posts_only_read_and_take_what_they_do_not_know()
    {
        var (request, _) = await Reviewed();
        var before = await market.Stored(request);
        foreach (var question in Questions(request))
        {
            var body = new JsonObject { ["workflowInstanceId"] = request, ["filter"] = 7, ["page"] = "x", ["pageSize"] = -1, ["definitionIds"] = "x", ["activityNodeIds"] = new JsonObject(), ["searchTerm"] = "%_'\\", ["more"] = new JsonArray() };
            (await Posts(question, body.ToJsonString())).Accepted();
            Assert.Equal(400, (int)(await Posts(question, "[")).Status);
            Assert.Equal(400, (int)(await Posts(question, "[]")).Status);
        }

        Assert.Equal(before, await market.Stored(request));
    }

    private static string[] Questions(string request) => [Instances, $"{Instances}/{request}/journal?skip=x&take=99999999999", Executions + "/report"];

    private static IEnumerable<string> Ids(JsonNode list) => list["items"]!.AsArray().Select(i => i.Text("id"));

    private async Task<(string Id, string Number)> Reviewed()
    {
        var request = await market.Reviewed();
        return (request, (await (await market.As(Cast.Reviewer)).SeesRequest(request)).Json.Text("number"));
    }

    private async Task<(string, string)> StateOf(string request)
    {
        var state = (await Asks($"{Instances}/{request}/execution-state")).Json;
        return (state.Text("status"), state.Text("subStatus"));
    }

    private async Task<JsonNode> List(string body) => (await Posts(Instances, body)).Accepted().Json;

    private async Task<JsonArray> Journal(string request, string body = "{}") => (await Posts($"{Instances}/{request}/journal?skip=0&take=109", body)).Accepted().Json["items"]!.AsArray();

    private async Task<Answer> Asks(string path) => (await (await market.As(Cast.Analyst)).GetAsync(path)).Accepted();

    private async Task<Answer> Posts(string path, string body = "{}") => await (await market.As(Cast.Analyst)).SendsAsync("POST", path, System.Text.Encoding.UTF8.GetBytes(body));
}
