using System.Net;
using System.Text.RegularExpressions;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>The pages as people use them without script: forms are read from the page and sent as they stand.</summary>
public sealed partial class JourneyTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task A_request_goes_from_the_maker_to_the_decision_by_forms_alone()
    {
        var (maker, checker, reviewer, approver) = (await market.As(Cast.Maker), await market.As(Cast.Checker), await market.As(Cast.Reviewer), await market.As(Cast.Approver));
        var request = await FilledIn(maker);

        var check = await PageForm.On(await maker.GetAsync(request + "/form"), request + "/form").With(("do", "check")).SendAsync(maker);
        Assert.Equal(request + "/check", Goes(check));
        var page = await maker.GetAsync(request + "/check");
        Assert.Contains("as configured, not confirmed by the exchange", page.Body, StringComparison.Ordinal);
        var sending = PageForm.On(page, request + "/submission");
        Assert.Equal(request + "?done=sent", Goes(await sending.SendAsync(maker)));
        Assert.Equal(request + "?done=sent", Goes(await sending.SendAsync(maker)));

        var task = await TaskOf(checker, request);
        Assert.Equal(request + "?done=decided", Goes(await Decides(checker, task, ("decision", "approve"))));
        task = await TaskOf(reviewer, request);
        Assert.Equal($"{task}?done=claimed", Goes(await PageForm.On(await reviewer.GetAsync(task), task + "/claim").SendAsync(reviewer)));
        var stale = await Decides(reviewer, task, ("decision", "approve"), ("contentHash", "of something else"));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("Not recorded", stale.Body, StringComparison.Ordinal);
        Assert.Equal(request + "?done=decided", Goes(await Decides(reviewer, task, ("decision", "approve"))));
        task = await TaskOf(approver, request);
        await PageForm.On(await approver.GetAsync(task), task + "/claim").SendAsync(approver);
        Assert.Contains("cc-proposed", (await approver.GetAsync(task)).Body, StringComparison.Ordinal);
        Assert.Equal(request + "?done=decided", Goes(await Decides(approver, task, ("decision", "approve"))));

        var tracker = (await maker.GetAsync(request)).Body;
        Assert.Contains("Approved", tracker, StringComparison.Ordinal);
        Assert.DoesNotContain((await NameOf(reviewer)), tracker, StringComparison.Ordinal);
        Assert.Contains((await NameOf(reviewer)), (await reviewer.GetAsync(request)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_not_complete_comes_back_with_all_that_was_typed()
    {
        var maker = await market.As(Cast.Maker);
        var request = await Started(maker);

        var answer = await PageForm.On(await maker.GetAsync(request + "/form"), request + "/form").With(("do", "check"), ("contactPhone", "call <me>"), ("remarks", "please")).SendAsync(maker);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("id=\"error-summary\"", answer.Body, StringComparison.Ordinal);
        var again = PageForm.On(answer, request + "/form");
        Assert.Equal(("call <me>", "please"), (again["contactPhone"], again["remarks"]));
    }

    [Fact]
    public async Task Without_script_the_button_that_updates_the_form_saves_it_too()
    {
        var maker = await market.As(Cast.Maker);
        var request = await Started(maker);

        var answer = await PageForm.On(await maker.GetAsync(request + "/form"), request + "/form").With(("do", "refresh"), ("clientReference", "kept")).SendAsync(maker);

        Assert.Equal("kept", PageForm.On(answer, request + "/form")["clientReference"]);
        Assert.Equal("kept", PageForm.On(await maker.GetAsync(request + "/form"), request + "/form")["clientReference"]);
    }

    [Fact]
    public async Task Who_saves_second_loses_nothing_and_sees_what_the_other_saved()
    {
        var (maker, colleague) = (await market.As(Cast.Maker), await market.As(Cast.B09001.Maker2));
        var request = await Started(maker);
        var mine = PageForm.On(await maker.GetAsync(request + "/form"), request + "/form").With(("do", "save"), ("clientReference", "mine"));
        Assert.Equal("/requests?done=saved", Goes(await PageForm.On(await colleague.GetAsync(request + "/form"), request + "/form").With(("do", "save"), ("clientReference", "theirs")).SendAsync(colleague)));

        var answer = await mine.SendAsync(maker);

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.Status);
        Assert.Contains("theirs", answer.Body, StringComparison.Ordinal);
        var again = PageForm.On(answer, request + "/form");
        Assert.Equal("mine", again["clientReference"]);
        Assert.Equal("/requests?done=saved", Goes(await again.With(("do", "save")).SendAsync(maker)));
    }

    [Fact]
    public async Task A_returned_request_says_why_at_the_field_and_the_checker_sees_what_was_changed()
    {
        var (maker, checker) = (await market.As(Cast.Maker), await market.As(Cast.Checker));
        var request = await FilledIn(maker);
        await PageForm.On(await maker.GetAsync(request + "/check"), request + "/submission").SendAsync(maker);
        var task = await TaskOf(checker, request);

        var withoutReason = await Decides(checker, task, ("decision", "return"), ("remarks.contactPhone", "Whose number?"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, withoutReason.Status);
        Assert.Contains("Whose number?", withoutReason.Body, StringComparison.Ordinal);
        Assert.Equal(request + "?done=decided", Goes(await PageForm.On(withoutReason, task + "/decision").With(("decision", "return"), ("reason", "One thing")).SendAsync(checker)));
        var form = await maker.GetAsync(request + "/form");
        Assert.Contains("Whose number?", form.Body, StringComparison.Ordinal);
        await PageForm.On(form, request + "/form").With(("do", "check"), ("contactPhone", "23456789")).SendAsync(maker);
        await PageForm.On(await maker.GetAsync(request + "/check"), request + "/submission").SendAsync(maker);

        Assert.Contains("<del>28881234</del>", (await checker.GetAsync(await TaskOf(checker, request))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_goes_up_without_script_and_stays_with_what_was_typed()
    {
        var maker = await market.As(Cast.Maker);
        var request = await Started(maker);
        var form = PageForm.On(await maker.GetAsync(request + "/form"), request + "/form").With(("do", "files.add.attachments"), ("remarks", "see the file"));

        var refused = await form.SendAsync(maker, request + "/attachments", "upload.attachments", "run.exe", "MZ"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        var answer = await PageForm.On(refused, request + "/form").With(("do", "files.add.attachments")).SendAsync(maker, request + "/attachments", "upload.attachments", "notes.csv", "a,b\n1,2\n"u8.ToArray());
        Assert.Equal(request + "/form#f-attachments", Goes(answer));

        var page = await maker.GetAsync(request + "/form");
        Assert.Contains("Not scanned for viruses", page.Body, StringComparison.Ordinal);
        Assert.Equal("see the file", PageForm.On(page, request + "/form")["remarks"]);
        var file = PageForm.On(page, request + "/form")["attachments[]"];
        Assert.Equal("a,b\n1,2\n", (await maker.GetAsync($"{request}/attachments/{file}")).Body);
        Assert.Equal(HttpStatusCode.NotFound, (await (await market.As(Cast.B09002.Maker)).GetAsync($"{request}/attachments/{file}")).Status);
        Assert.Equal(request + "/form#f-attachments", Goes(await PageForm.On(page, request + "/form").With(("do", $"files.remove.attachments.{file}")).SendAsync(maker)));
        Assert.Equal(HttpStatusCode.NotFound, (await maker.GetAsync($"{request}/attachments/{file}")).Status);
    }

    [Fact]
    public async Task A_request_can_be_withdrawn_after_a_page_that_asks()
    {
        var maker = await market.As(Cast.Maker);
        var request = await FilledIn(maker);
        await PageForm.On(await maker.GetAsync(request + "/check"), request + "/submission").SendAsync(maker);

        var answer = await PageForm.On(await maker.GetAsync(request + "/withdrawal"), request + "/withdrawal").SendAsync(maker);

        Assert.Equal(request + "?done=withdrawn", Goes(answer));
        Assert.Contains("Withdrawn", (await maker.GetAsync(request)).Body, StringComparison.Ordinal);
        Assert.Equal(request + "?done=withdrawn-already", Goes(await maker.GetAsync(request + "/withdrawal")));
    }

    [Theory]
    [InlineData("", 404)]
    [InlineData("/form", 404)]
    [InlineData("/check", 404)]
    [InlineData("/withdrawal", 404)]
    public async Task Another_firms_request_does_not_exist(string page, int status)
    {
        var request = await Started(await market.As(Cast.Maker));

        var answer = await (await market.As(Cast.B09002.Maker)).GetAsync(request + page);

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal("text/html", answer.MediaType);
    }

    private static async Task<string> Started(Person maker)
    {
        var catalogue = await maker.GetAsync("/catalogue");
        var page = Entry().Match(catalogue.Body).Groups[1].Value;
        var form = Goes(await PageForm.On(await maker.GetAsync(page), "/requests").SendAsync(maker));
        return form[..^"/form".Length];
    }

    // Two open positions are picked and the rest typed, as a maker would.
    private static async Task<string> FilledIn(Person maker)
    {
        var request = await Started(maker);
        var form = request + "/form";
        var page = await maker.GetAsync(form);
        var free = Free().Matches(page.Body).Select(m => m.Groups[1].Value).First(k => k.Contains('H', StringComparison.Ordinal));
        Assert.Equal(form + "#f-lines", Goes(await PageForm.On(page, form).With(("do", "lines.pick"), ("pick[]", free)).SendAsync(maker)));
        page = await maker.GetAsync(form);
        var delivery = PageForm.On(page, form)["settlementDate"]!;
        var saved = await PageForm.On(page, form).With(
            ("do", "save"), ("lines[0].reasonCode", "TRADING_SUSPENDED"), ("lines[0].expectedDeliveryDate", delivery), ("contactPhone", "28881234"), ("declaration", "true")).SendAsync(maker);
        Assert.Equal("/requests?done=saved", Goes(saved));
        return request;
    }

    private static async Task<string> TaskOf(Person person, string request)
    {
        foreach (var task in Task().Matches((await person.GetAsync("/inbox")).Body).Select(m => m.Groups[1].Value).Distinct())
        {
            if ((await person.GetAsync(task)).Body.Contains($"href=\"{request}\"", StringComparison.Ordinal)) return task;
        }

        throw new InvalidOperationException($"{person.Account} has no task of {request}.");
    }

    private static async Task<Answer> Decides(Person person, string task, params (string Name, string Value)[] typed) =>
        await PageForm.On(await person.GetAsync(task), task + "/decision").With(typed).SendAsync(person);

    private static async Task<string> NameOf(Person person) => Name().Match((await person.GetAsync("/")).Body).Groups[1].Value;

    private static string Goes(Answer answer) => answer.Status == HttpStatusCode.SeeOther ? answer.Location!.ToString() : throw new InvalidOperationException($"Expected to be sent on: {answer}");

    [GeneratedRegex("href=\"(/catalogue/[a-z0-9-]+)\"")]
    private static partial Regex Entry();

    [GeneratedRegex("name=\"pick\\[\\]\" value=\"([^\"]+)\"(?![^>]*disabled)")]
    private static partial Regex Free();

    [GeneratedRegex("href=\"(/tasks/[^\"?]+)")]
    private static partial Regex Task();

    [GeneratedRegex("<a href=\"/account\">([^<]+)</a>")]
    private static partial Regex Name();
}
