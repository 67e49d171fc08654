using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Testing;
using ClientConnect.Workflows.Kernel;
using static ClientConnect.Host.Tests.Portal.Samples;

namespace ClientConnect.Host.Tests.Portal;

public sealed class KitTests
{
    /// <summary>Every part of the Kit that has a say in how a page reads, once; the file is what people see.</summary>
    public static readonly Dictionary<string, Func<Task<string>>> Parts = new()
    {
        ["error-summary"] = () => Part<ErrorSummary>(("Faults", FaultWords.Summary(Form(faulty: true).Faults, Form(faulty: true).Sections.SelectMany(s => s.Items), "en"))),
        ["status-tags"] = async () => string.Concat(await Task.WhenAll(new[] { "draft", "pendingChecker", "returnedByHkex", "approved", "partiallyApproved", "expired" }.Select(s => Part<StatusTag>(("Status", s), ("IsLate", s == "pendingChecker"))))),
        ["deadline-head"] = () => Part<DeadlineHead>(("Deadline", Deadline)),
        ["deadline-late"] = () => Part<DeadlineHead>(("Deadline", Deadline with { CutOff = At(26, 16), CheckerBy = null })),
        ["deadline-unknown"] = () => Part<DeadlineHead>(("Deadline", Deadline with { IsUnknown = true })),
        ["timeline"] = () => Part<Timeline>(("Entries", Entries)),
        ["summary-list"] = () => Part<SummaryList>(("Rows", Answers().Sections[2].Rows), ("ChangeHref", "/requests/0193/form")),
        ["summary-list-remarks"] = () => Part<SummaryList>(("Rows", Answers(compared: true).Sections[0].Rows), ("RemarksForm", "decision"), ("ShowsRegister", true)),
        ["summary-card"] = () => Part<SummaryCard>(("Line", Answers(compared: true).Sections[1].Lines[0] with { Outcome = "approve", OutcomeText = "6,000 shares until Mon 30 Nov 2026" })),
        ["lines-cards"] = () => Part<LinesEditor>(("Lines", Form().Sections[1].Items[0]), ("UploadTo", "/requests/0193/attachments")),
        ["lines-table"] = () => Part<LinesEditor>(("Lines", Table)),
        ["lines-locked"] = () => Part<LinesEditor>(("Lines", new LinesView("lines", new("Positions"), [Decided(Line(0, "A12345678", "99003", "Nine Bridges Property", 12_000)), Line(1, "A12345679", "99005", "Harbour Holdings", 48_400)]) { IsSettled = true })),
        ["returned-lines"] = () => Part<ReturnedBox>(("Returned", Form(returned: true).Returned! with { IsInPart = true }), ("Href", "/requests/0193/form")),
        ["filters"] = () => Part<FilterChips>(("Filter", Filter)),
        ["pagination"] = () => Part<Pagination>(("Page", new PageOfMany(2, 4, 38, "/requests?q=a"))),
        ["tabs"] = () => Part<Tabs>(("Items", Inbox.Views), ("Label", "Views")),
        ["banner"] = () => Part<NotificationBanner>(("Banner", new Banner(BannerKind.Warning, new("The cut-off is within the hour."), "/inbox", new("Open the inbox")))),
        ["help"] = () => Part<Help>(("View", Form().Help)),
        ["saved"] = () => Part<SavedState>(("View", new SavedView(5, At(26, 16, 54), Others: ["Ben Lau"]))),
        ["saved-conflict"] = () => Part<SavedState>(("View", new SavedView(5, null, "Ben Lau", Conflict: true))),
        ["returned"] = () => Part<ReturnedBox>(("Returned", Form(returned: true).Returned), ("Href", "/requests/0193/form")),
        ["fields"] = async () => string.Concat(await Task.WhenAll(Form(faulty: true).Sections.SelectMany(s => s.Items).OfType<FieldView>().Select(f => Part<FormField>(("Field", f))))),
        ["files"] = () => Part<FormField>(("Field", ((LinesView)Form().Sections[1].Items[0]).Lines[0].Fields[^1]), ("UploadTo", "/requests/0193/attachments")),
        ["interruption"] = () => Rendering.Page<InterruptionPage, InterruptionView>(Maker, Withdrawal),
    };

    private static LineView Decided(LineView line) => line with
    {
        IsLocked = true,
        Outcome = new("Approved"),
        OutcomeText = "Exempted quantity: 6,000 shares",
        Fields = [.. line.Fields.Select(f => f with { Reads = f.Files.Count > 0 ? string.Join(", ", f.Files.Select(file => file.Name)) : f.Options.FirstOrDefault(o => o.Value == f.Value)?.Label.En ?? f.Value })],
    };

    private static readonly LinesView Table = new("lines", new("Codes"),
    [
        new(0, null, [Text("lines[0].code", "Code", "CZZA"), Text("lines[0].count", "Count", "x", FieldKind.Integer) with { Fault = new("lines[0].count", "not-a-number") }]),
        new(1, null, [Text("lines[1].code", "Code"), Text("lines[1].count", "Count", kind: FieldKind.Integer)]),
    ])
    { Max = 2 };

    public static TheoryData<string> Names => new(Parts.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_part_reads_as_it_did(string name) => Golden.Matches(Rendering.Tidy(await Parts[name]()), $"Golden/kit-{name}.html");

    [Fact]
    public async Task What_people_typed_is_encoded()
    {
        const string hostile = "\"><script>alert(1)</script>";

        var html = await Part<FormField>(("Field", Text("a", hostile, hostile) with { Hint = new(hostile), Remark = new(hostile, new(hostile), Now) }));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"><", html.Replace("\"><input", "", StringComparison.Ordinal).Replace("\"><strong", "", StringComparison.Ordinal).Replace("\"><label", "", StringComparison.Ordinal).Replace("\"><span", "", StringComparison.Ordinal).Replace("\"><p", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_says_what_the_field_says()
    {
        var form = Form(faulty: true);
        var page = await Gallery.Pages["form-faults"]("en");

        foreach (var fault in FaultWords.Summary(form.Faults, form.Sections.SelectMany(s => s.Items), "en"))
        {
            var words = System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All).Encode(fault.Words.Replace("Line 1: ", "", StringComparison.Ordinal));
            Assert.True(page.Split(words).Length >= 3, $"“{fault.Words}” must stand in the summary and at the field");
            Assert.Contains($"id=\"{FormItem.IdOf(fault.Path)}\"", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_navigation_follows_the_rights(bool isClearingHouse)
    {
        var viewer = new Viewer(UserId.New(), "A", "a@example", new FirmId(Guid.Empty), "F", isClearingHouse, [], 0, "en", [], [], isClearingHouse ? [Role.Reviewer, Role.Analyst] : [], []);

        Assert.Equal(isClearingHouse ? ["home", "inbox", "requests", "publications", "activities", "register", "designer"] : ["home", "inbox", "catalogue", "requests"], NavigationItem.For(viewer).Select(i => i.Key));
    }

    private static Task<string> Part<TPart>(params (string Name, object? Value)[] parameters) where TPart : KitPart =>
        Rendering.Part<TPart>(Maker, parameters.ToDictionary(p => p.Name, p => p.Value));
}
