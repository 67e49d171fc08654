using System.Text.Json.Nodes;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Requests;
using ClientConnect.Workflows.Tests.Requests;

namespace ClientConnect.Workflows.Tests.Notices;

/// <summary>Who is meant by a recipient's name, as of the commit.</summary>
public sealed class NoticeWriterTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Theory]
    [InlineData("maker", "maker@b09001.example")]
    [InlineData("makers", "both@b09001.example maker2@b09001.example maker@b09001.example")]
    [InlineData("checker", "checker@b09001.example")]
    [InlineData("checkers", "both@b09001.example checker2@b09001.example checker@b09001.example")]
    [InlineData("reviewer", "reviewer@clearing.example")]
    [InlineData("reviewers", "both@clearing.example reviewer2@clearing.example reviewer@clearing.example")]
    [InlineData("approvers", "approver2@clearing.example approver@clearing.example both@clearing.example")]
    [InlineData("approver", "")]
    [InlineData("supervisors", "supervisor@clearing.example")]
    [InlineData("contact", "desk@b09001.example")]
    public async Task A_name_means_these_people(string name, string people)
    {
        var desk = await Desk.AtAsync(database);

        Assert.Equal(people, await Told(desk, await desk.Reviewed(), name));
    }

    [Fact]
    public async Task Who_has_edited_is_not_asked_to_check()
    {
        var desk = await Desk.AtAsync(database);
        var id = Desk.IdOf(await desk.Starts("both@b09001.example"));
        Desk.IdOf(await desk.Submits("both@b09001.example", id));

        Assert.DoesNotContain("both@b09001.example", await Told(desk, id, "checkers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_disabled_is_not_told()
    {
        await using var own = await DeskDatabase.CreateAsync();
        var desk = await Desk.AtAsync(own);
        var id = await desk.WithChecker();
        await own.Rows.OwnerRunsAsync("UPDATE access.user_account SET is_disabled = true WHERE email IN ('checker2@b09001.example', 'maker@b09001.example')");

        Assert.Equal("both@b09001.example checker@b09001.example", await Told(desk, id, "checkers", "maker"));
    }

    [Fact]
    public async Task A_contact_without_an_account_has_a_mail_and_nothing_on_screen()
    {
        var desk = await Desk.AtAsync(database);
        var id = await desk.Reviewed();

        await Told(desk, id, "contact");

        Assert.Equal("Chan Tai Man", await database.Rows.ValueAsync<string>("SELECT recipient_name FROM notices.notice WHERE request_id = $1 AND template = 'probe' AND recipient_id IS NULL", id.Value));
    }

    [Fact]
    public async Task A_person_who_is_meant_twice_is_told_once()
    {
        var desk = await Desk.AtAsync(database);
        var answers = desk.Answers();
        answers["contactEmail"] = "Maker@B09001.example";

        Assert.Equal("maker@b09001.example", await Told(desk, await desk.WithChecker(answers), "contact", "maker"));
    }

    [Fact]
    public async Task A_person_who_is_one_and_one_of_many_is_told_once()
    {
        var desk = await Desk.AtAsync(database);

        Assert.Equal("both@b09001.example maker2@b09001.example maker@b09001.example", await Told(desk, await desk.WithChecker(), "maker", "makers"));
    }

    [Fact]
    public async Task Mails_say_nothing_of_what_was_filled_in()
    {
        var desk = await Desk.AtAsync(database);
        var position = database.NextPosition();
        var id = await desk.Reviewed(desk.Answers(position));

        await Told(desk, id, "maker");

        var model = await database.Rows.ValueAsync<string>("SELECT string_agg(model::text, ' ') FROM notices.notice WHERE request_id = $1", id.Value);
        Assert.All(new[] { position, "00700", "1500", "23456789", "SI1" }, secret => Assert.DoesNotContain($"\"{secret}\"", model, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_several_requests_at_once_each_has_its_own()
    {
        var desk = await Desk.AtAsync(database);
        var answers = desk.Answers();
        answers["contactEmail"] = "Maker@B09001.example";
        var (one, other) = (await desk.WithChecker(answers), await desk.WithChecker());
        await using var connection = await database.Rows.Source.OpenConnectionAsync(Desk.Ct);
        var contexts = (await desk.Get<ClickLoad>().ManyAsync(connection, [one.Value, other.Value], Desk.Ct)).Select(r => ContextOf(desk, r)).ToList();

        await desk.Get<ClickConnection>().WriteAsync(
            batch => WriterOf(desk).WriteAll([.. contexts.Select(c => new RequestEffects([new QueueNotice("probe", 1, "probe", ["maker", "contact"]), new QueueNotice("probe", 1, "probe", ["makers"]), new QueueNotice("probe", 1, "other", ["maker"])], c))], batch),
            Desk.Ct);

        Assert.Equal("both@b09001.example maker2@b09001.example maker@b09001.example", await ToldOf(desk, one, "probe"));
        Assert.Equal("both@b09001.example desk@b09001.example maker2@b09001.example maker@b09001.example", await ToldOf(desk, other, "probe"));
        Assert.Equal("maker@b09001.example", await ToldOf(desk, other, "other"));
        Assert.Equal(0, await database.Rows.ValueAsync<long>("SELECT count(*) FROM notices.notice n JOIN requests.service_request r ON r.id = n.request_id WHERE n.template IN ('probe', 'other') AND r.id = ANY ($1) AND (n.model #>> '{request,number}' <> r.number OR n.sequence <> r.sequence)", new[] { one.Value, other.Value }));
    }

    /// <summary>The addresses that the notice went to: the same whether a click asks for it or a sweep, for several requests at once.</summary>
    private static async Task<string> Told(Desk desk, RequestId id, params string[] to)
    {
        await using var connection = await desk.Database.Rows.Source.OpenConnectionAsync(Desk.Ct);
        var context = ContextOf(desk, (await desk.Get<ClickLoad>().ManyAsync(connection, [id.Value], Desk.Ct)).Single());

        await desk.Get<ClickConnection>().WriteAsync(batch => WriterOf(desk).Write([new QueueNotice("probe", 1, "probe", to)], context, batch), Desk.Ct);
        await desk.Get<ClickConnection>().WriteAsync(batch => WriterOf(desk).WriteAll([new RequestEffects([new QueueNotice("probe", 1, "swept", to)], context)], batch), Desk.Ct);

        var told = await ToldOf(desk, id, "probe");
        Assert.Equal(told, await ToldOf(desk, id, "swept"));
        Assert.Equal(0, await desk.Database.Rows.ValueAsync<long>(
            """
            SELECT count(*) FROM (SELECT 1 FROM notices.notice WHERE request_id = $1 AND template IN ('probe', 'swept')
              GROUP BY email, bundle_hash, language, recipient_id, recipient_name, model, queued_at, state, attempts HAVING count(DISTINCT template) <> 2) n
            """, id.Value));
        return told;
    }

    private static Task<string> ToldOf(Desk desk, RequestId id, string template) => desk.Database.Rows.ValueAsync<string>(
        "SELECT coalesce(string_agg(email, ' ' ORDER BY email), '') FROM notices.notice WHERE request_id = $1 AND template = $2", id.Value, template)!;

    private static EffectContext ContextOf(Desk desk, LoadedRequest request)
    {
        var now = desk.Clock.GetUtcNow();
        return new EffectContext(request, null, now, desk.Get<RequestMoves>().PlanOf(request, now), []);
    }

    private static NoticeWriter WriterOf(Desk desk) => desk.Get<IEnumerable<IEffectWriter>>().OfType<NoticeWriter>().Single();
}
