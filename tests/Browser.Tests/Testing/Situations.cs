using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Browser.Tests.Testing;

/// <summary>Requests in the states that pages look different in, made over the API: no test of a page changes them.</summary>
/// <param name="Blank">A draft of B09001's maker with nothing in it yet.</param>
/// <param name="Filled">A draft that is complete; one of its positions is in another request already.</param>
/// <param name="Faulty">A draft with answers that can't be right.</param>
/// <param name="WithChecker">Waits for B09001's checker.</param>
/// <param name="Returned">Came back to B09001's maker from the clearing house.</param>
/// <param name="Approved">B09001's, decided.</param>
/// <param name="Received">B09002's; no reviewer has it yet.</param>
/// <param name="InReview">B09003's; the reviewer has claimed it.</param>
/// <param name="Proposed">B09002's; the second reviewer is to confirm.</param>
/// <param name="CheckTask">The checker's task of <paramref name="WithChecker"/>.</param>
/// <param name="ReceivedTask">The task of <paramref name="Received"/>.</param>
/// <param name="ReviewTask">The reviewer's task of <paramref name="InReview"/>.</param>
/// <param name="ApprovalTask">The approver's task of <paramref name="Proposed"/>.</param>
/// <param name="ScheduledRelease">The proposal of a release whose moment has not come.</param>
/// <param name="Occasion">A date of an activity whose places are taken.</param>
/// <param name="Enrolling">A complete draft of B09001's maker that asks for places.</param>
/// <param name="InLine">B09002's, on the waiting list of <paramref name="Occasion"/>.</param>
/// <param name="Published">A file that the clearing house published to B09001.</param>
/// <param name="Import">A file of entries that waits to be confirmed; lines of it are at fault.</param>
/// <param name="Calendar">A market's days, offered by the first supervisor; the second one's to confirm.</param>
/// <param name="ReleaseProposal">Proposed by the first analyst; the draft that it was made from is there too.</param>
public sealed record Situations(
    string Blank, string Filled, string Faulty, string WithChecker, string Returned, string Approved, string Received, string InReview, string Proposed,
    string CheckTask, string ReceivedTask, string ReviewTask, string ApprovalTask, string ScheduledRelease, string ReleaseProposal, string Published, string Occasion, string Enrolling, string InLine, string Import, string Calendar)
{
    // The demonstration market's: two places.
    private const string Full = "EV2026-0004-1";

    private const string Service = PortalInBrowser.Exemption;

    public static async Task<Situations> MakeAsync(PortalInBrowser portal)
    {
        var host = portal.Host;
        var (maker, checker) = (await host.As(Cast.Maker), await host.As(Cast.Checker));
        var (reviewer, approver) = (await host.As(Cast.Reviewer), await host.As(Cast.Approver));
        var sample = await maker.SampleOf(Service);

        var withChecker = await maker.Sends(Service, Only(sample, 0));
        var returned = await Sent(maker, checker, Only(sample, 1));
        (await reviewer.Returns(returned, "The instruction number is not in our records.")).Accepted();
        var approved = await Sent(maker, checker, Only(sample, 2));
        (await reviewer.Approves(approved)).Accepted();
        (await approver.Approves(approved)).Accepted();

        // Written after the end, the last by the clearing house: new to whoever of the firm has not looked.
        foreach (var (who, text) in new[] { (maker, "Which instruction was missing on the first line?\nWe have two of that day."), (reviewer, "The later one; it stands in the register now."), (reviewer, "https://exchange.example/a-rather-long-address-that-nobody-breaks-for-us-on-a-telephone-of-360-pixels") })
        {
            (await who.WritesMessage(approved, text)).Accepted();
        }

        var received = await SentBy(host, Cast.B09002, 0);
        var inReview = await SentBy(host, Cast.B09003, 0, 1, 2);
        var reviewTask = await reviewer.TaskOf(inReview);
        (await reviewer.ClaimsTask(reviewTask)).Accepted();
        (await (await host.As(Cast.B09003.Maker)).WritesMessage(inReview, "The certificate of line 2 follows today.")).Accepted();
        var proposed = await SentBy(host, Cast.B09002, 1, 2);
        (await reviewer.Approves(proposed)).Accepted();

        var faulty = sample.DeepClone().AsObject();
        faulty["contactPhone"] = null;
        faulty["lines"]![0]!["exemptQty"] = 999_999_999;
        faulty["declaration"] = null;

        var analyst = await host.As(Cast.Analyst);
        var scheduled = await ScheduledAsync(await ProposeAsync(analyst, "With a checker of the firm"), await host.As(Cast.Analyst2));
        return new Situations(
            await Draft(maker, null), await Draft(maker, sample), await Draft(maker, faulty), withChecker, returned, approved, received, inReview, proposed,
            await checker.TaskOf(withChecker), await reviewer.TaskOf(received), reviewTask, await approver.TaskOf(proposed), scheduled, await ProposeAsync(analyst, "With the firm's checker"),
            await PublishedAsync(maker, reviewer), Full, await EnrollingAsync(maker), await InLineAsync(host), await OfferedAsync(await host.As(Cast.Supervisor)), await CalendarAsync(await host.As(Cast.Supervisor)));
    }

    /// <summary>The sample with some of its lines: no position may be in two open requests.</summary>
    public static JsonObject Only(JsonObject sample, params int[] lines)
    {
        var answers = sample.DeepClone().AsObject();
        answers["lines"] = new JsonArray([.. lines.Select(line => sample["lines"]![line]!.DeepClone())]);
        return answers;
    }

    public static async Task<string> Draft(Person maker, JsonObject? answers) =>
        (await maker.StartsDraft(Service, answers)).Accepted().Json["id"]!.GetValue<string>();

    // One that the firm has fetched, one that is new, one for everybody.
    private static async Task<string> PublishedAsync(Person maker, Person reviewer)
    {
        var report = "account,amount\n01,1500\n"u8.ToArray();
        var published = (await reviewer.PublishesFile("daily-report-20261123.csv", report, maker.Account.Membership)).Accepted().Json["id"]!.GetValue<string>();
        (await reviewer.PublishesFile("daily-report-20261120.csv", [.. report, 10], maker.Account.Membership)).Accepted();
        (await reviewer.PublishesFile("circular-attachment-with-a-rather-long-name-for-a-telephone.txt", report)).Accepted();
        await maker.DownloadsAsync($"/api/downloads/{published}");
        return published;
    }

    // One that begins, one that changes, one at fault.
    private static async Task<string> OfferedAsync(Person supervisor)
    {
        var offered = await supervisor.OffersImport("price", "key,amount,currency,per,asOf\nSMARTCARD_READER_USB,375,HKD,reader,2026-12-01\nA_CARD_READER_WITH_A_RATHER_LONG_KEY_FOR_A_TELEPHONE,90,HKD,reader,2026-12-01\nLINE,=1,HKD,month,1 December\n");
        return offered.Location!.ToString().Split('/')[^1];
    }

    // A year that becomes known.
    private static async Task<string> CalendarAsync(Person supervisor)
    {
        var offered = await supervisor.OffersImport("calendar-mainland", "date,kind,name,name.zh-Hant,name.zh-Hans,source,verified\n2027-01-01,closed,New Year's Day,元旦,元旦,A notice with a rather long name for a telephone of 360 pixels,false\n2027-10-01,closed,National Day,國慶日,国庆节,A notice with a rather long name for a telephone of 360 pixels,false\n", "calendar-of-the-mainland-with-a-rather-long-name.csv");
        return offered.Location!.ToString().Split('/')[^1];
    }

    private static async Task<string> EnrollingAsync(Person maker) =>
        (await maker.StartsDraft(PortalInBrowser.Enrolment, await maker.SampleOf(PortalInBrowser.Enrolment))).Accepted().Json["id"]!.GetValue<string>();

    // B09001 has both places, B09002 waits.
    private static async Task<string> InLineAsync(PortalHost host)
    {
        var last = "";
        foreach (var firm in new[] { Cast.Maker, Cast.B09002.Maker })
        {
            var maker = await host.As(firm);
            var answers = await maker.SampleOf(PortalInBrowser.Enrolment);
            answers["occasion"] = Full;
            foreach (var attendee in answers["attendees"]!.AsArray()) attendee!["email"] = firm.Email.Replace("maker", attendee["name"]!.GetValue<string>().Split(' ')[0].ToLowerInvariant(), StringComparison.Ordinal);
            last = await maker.Sends(PortalInBrowser.Enrolment, answers);
        }

        return last;
    }

    private static async Task<string> ProposeAsync(Person analyst, string name)
    {
        const string Page = "/designer/" + Service, Definitions = "/elsa/api/workflow-definitions";
        await analyst.PostFormAsync(Page + "/draft", new(), Page);
        var model = (await analyst.GetAsync($"{Definitions}/by-definition-id/{Service}?versionOptions=Latest")).Accepted().Json;
        model["root"]!["activities"]![1]!["name"] = name;
        model["root"]!["activities"]![1]!["metadata"]!["displayText"] = name;
        (await analyst.SendsJsonAsync(HttpMethod.Post, Definitions, new JsonObject { ["model"] = model.DeepClone(), ["publish"] = false })).Accepted();
        var proposed = await analyst.PostFormAsync(Page + "/proposals", new() { ["note"] = "Whose checker it is." }, Page + "/draft");
        return proposed.Location!.ToString().Split('/', '?')[3];
    }

    private static async Task<string> ScheduledAsync(string proposal, Person other)
    {
        var page = $"/designer/proposals/{proposal}";
        var day = TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var released = await other.PostFormAsync(page + "/release", new() { ["date"] = day, ["time"] = "09:00" }, page);
        return (int)released.Status == 303 ? proposal : throw new InvalidOperationException(released.ToString());
    }

    private static async Task<string> SentBy(PortalHost host, Firm firm, params int[] lines)
    {
        var maker = await host.As(firm.Maker);
        return await Sent(maker, await host.As(firm.Checker), Only(await maker.SampleOf(Service), lines));
    }

    private static async Task<string> Sent(Person maker, Person checker, JsonObject answers)
    {
        var request = await maker.Sends(Service, answers);
        (await checker.DecidesTask(await checker.TaskOf(request), "approve")).Accepted();
        return request;
    }
}
