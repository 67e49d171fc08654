using ClientConnect.Host.Portal.Access;
using ClientConnect.Host.Portal.Dev;
using ClientConnect.Host.Portal.EServices;
using ClientConnect.Host.Portal.Errors;
using ClientConnect.Host.Portal.Home;
using ClientConnect.Host.Portal.Inbox;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Notices;
using ClientConnect.Host.Portal.Operations;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>Views filled as a busy afternoon would fill them; every page is rendered from these.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = HongKong.At(new DateOnly(2026, 11, 26), new TimeOnly(16, 55));

    public static readonly Frame Maker = new("en", "/", Now, "token")
    {
        Person = new Person("Ada Chan", "B09001 Harbour Securities Limited", false),
        Navigation = [new("home", "/"), new("inbox", "/inbox", 2), new("catalogue", "/catalogue"), new("requests", "/requests")],
        Unread = 3,
        IsDevelopment = true,
        SessionEnds = TimeSpan.FromMinutes(20),
    };

    public static readonly Frame Reviewer = Maker with
    {
        Person = new Person("Raymond Ho", "HKSCC – Settlement", true),
        Navigation = [new("home", "/"), new("inbox", "/inbox", 11), new("requests", "/requests"), new("operators", "/operators")],
        IsDevelopment = false,
        HasShortcuts = true,
    };

    public static readonly Frame Nobody = new("en", "/sign-in", Now, "token");

    public static readonly LocalText Exemption = new("Application for exemption of buy-in", "豁免補購申請", "豁免补购申请");

    private const string Sha = "9caac977a0af0c2229abd397eee3345899c4020da2a1a0b711c1cc543fe3719d";

    public static DateTimeOffset At(int day, int hour, int minute = 0) => HongKong.At(new DateOnly(2026, 11, day), new TimeOnly(hour, minute));

    public static RequestHead Head(string status = "pendingChecker", string? number = "SET1-20261126-00017", bool house = false) =>
        new("0193", number, "sample-exemption", "Set 1", Exemption, "B09001 Harbour Securities Limited", status) { ForClearingHouse = house };

    public static readonly DeadlineView Deadline = new(new("Cut-off"), new Moment(At(26, 19), "T+2"))
    {
        CheckerBy = At(26, 18, 30),
        LateUntil = new Moment(At(27, 9), "T+3"),
        Reasons = [new("The buy-in date is the settlement day after the day on which the position fell due."), new("Thu 26 Nov 2026 is a full settlement day.")],
        Source = new("service settings, October 2026"),
    };

    public static FieldView Text(string path, string label, string? value = null, FieldKind kind = FieldKind.Text) => new(path, kind, new(label)) { Value = value };

    private static readonly IReadOnlyList<OptionView> Reasons =
    [
        new("deposit", new("Physical deposit in progress")), new("scrip", new("Defective or lost scrip")), new("receipt", new("Pending receipt of the same security")),
        new("register", new("Transfer between registers")), new("action", new("Corporate action")), new("error", new("Error trade under rectification")), new("other", new("Other – explain")),
    ];

    public static LineView Line(int i, string position, string code, string name, long quantity, bool faulty = false) => new(i, $"{code} {name}",
    [
        Text($"lines[{i}].positionNo", "Settlement position number", position),
        Text($"lines[{i}].stockCode", "Stock code", code) with { Refreshes = true },
        Text($"lines[{i}].stockName", "Stock name", name, FieldKind.Computed),
        Text($"lines[{i}].shortQty", "Outstanding short quantity", quantity.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), FieldKind.Integer) with { Unit = new("shares") },
        Text($"lines[{i}].exemptQty", "Quantity to exempt", faulty ? "20,000" : "6,000", FieldKind.Integer) with { Unit = new("shares"), Fault = faulty ? Fault : null },
        Text($"lines[{i}].value", "Estimated market value", "HKD 2,412,000.00", FieldKind.Computed),
        new($"lines[{i}].reason", FieldKind.Choice, new("Reason")) { Options = Reasons, Value = "receipt" },
        Text($"lines[{i}].delivery", "Expected delivery date", "2026-11-30", FieldKind.Date) with { DayNote = new("T+4") },
        Text($"lines[{i}].counterparty", "Counterparty", "B09002"),
        Text($"lines[{i}].instruction", "Instruction number", "SI2026112400123") with { Remark = i == 1 ? new RemarkView("Please give the number of the matched instruction.", new("Clearing house reviewer"), At(26, 15, 2)) : null },
        Text($"lines[{i}].detail", "Reason in detail", kind: FieldKind.LongText) with { IsOptional = true, MaxLength = 500 },
        new($"lines[{i}].evidence", FieldKind.Files, new("Evidence")) { Hint = new("Instruction screen print. PDF, JPG, PNG, DOCX, XLSX, CSV or ZIP, at most 10 MB each."), Files = [new("f1", "si-screen.pdf", 182_000, Sha, Href: "#"), new("f2", "certificate-scan.png", 2_182_000, Sha, "scanning")] },
    ]);

    public static readonly FieldFault Fault = new("lines[0].exemptQty", "too-large", null, new Dictionary<string, string> { ["limit"] = "12,000" });

    public static FormView Form(bool faulty = false, bool returned = false) => new(Head(returned ? "returnedByHkex" : "draft", returned ? "SET1-20261126-00017" : null), 4,
    [
        new("application", new("Application"),
        [
            new FieldView("market", FieldKind.Choice, new("Market")) { Options = [new("HK", new("Hong Kong")), new("CC_SH", new("Shanghai Connect")), new("CC_SZ", new("Shenzhen Connect"))], Value = "HK", Refreshes = true },
            Text("settlementDate", "Settlement date", "2026-11-26", FieldKind.Date) with { Hint = new("The day on which the position fell due."), DayNote = new("T+2") },
            Text("buyInDate", "Buy-in date", "Fri 27 Nov 2026 (T+3)", FieldKind.Computed) with { Hint = new("The next settlement day.") },
        ]),
        new("lines", new("Short positions"),
        [
            new LinesView("lines", new("Positions to exempt"), [Line(0, "A12345678", "99003", "Nine Bridges Property", 12_000, faulty), Line(1, "A12345679", "99005", "Harbour Holdings", 48_400)])
            {
                Pick = new PickView(new("Pick from your open positions"), [new("Position"), new("Stock"), new("Short"), new("Due")],
                [
                    new("A12345678", ["A12345678", "99003 Nine Bridges Property", "12,000", "Thu 26 Nov"], IsTaken: true), new("A12345680", ["A12345680", "99010 Orchid Bay Insurance", "1,500", "Thu 26 Nov"]), new("A12345681", ["A12345681", "99012 White Dolphin Bank", "22,500", "Wed 25 Nov"]),
                ]),
            },
        ]),
        new("contact", new("Contact and declaration"),
        [
            Text("contactName", "Contact name", "Ada Chan"), Text("contactPosition", "Position") with { IsOptional = true },
            Text("contactPhone", "Telephone", "23456789", FieldKind.Phone),
            Text("contactEmail", "Email", faulty ? null : "ada.chan@harbour.example", FieldKind.Email) with { Fault = faulty ? new("contactEmail", "required") : null },
            Text("clientReference", "Your reference", "OPS-2026-1187") with { IsOptional = true },
            Text("remarks", "Remarks", kind: FieldKind.LongText) with { IsOptional = true },
            Text("urgent", "Is a same-day answer needed?", "false", FieldKind.YesNo),
            new FieldView("notify", FieldKind.Choices, new("Who else should be told")) { Options = [new("ops", new("Operations desk")), new("risk", new("Risk desk"))], Values = ["ops"], IsOptional = true },
            Text("declaration", "I am authorised by the participant to make this application; what it says is complete and true.", "true", FieldKind.Declaration),
        ]),
    ])
    {
        Deadline = Deadline,
        Faults = faulty ? [Fault, new("contactEmail", "required")] : [],
        Saved = new SavedView(4, At(26, 16, 54), Others: ["Ben Lau"]),
        Returned = returned ? new ReturnedView(new("Clearing house reviewer"), At(26, 15, 2), "One line needs another number.", [new("lines[1].instruction", "Line 2: Instruction number – please give the number of the matched instruction.")], At(26, 18, 30)) : null,
        Help = new HelpView(new("When a short position can't be delivered by the buy-in day for a reason that the clearing house accepts."), new("Replaces the paper form for the Hong Kong market and the one for China Connect."), new("An instruction screen print for each pending receipt."), new("Quantity to exempt: at most the outstanding short quantity.\nExpected delivery date: a settlement day.")),
        Clashes = returned ? [] : [new ClashView(new("Position A12345679 is in another request of your firm:"), "SET1-20261125-00009", "#", false)],
    };

    private static AnswerRow Row(string path, string label, string? value) => new(path, new(label), value);

    public static AnswersView Answers(string? change = null, string? remarks = null, bool compared = false) => new(
    [
        new("application", new("Application"),
        [
            Row("market", "Market", "Hong Kong"), Row("settlementDate", "Settlement date", "Thu 26 Nov 2026 (T+2)") with { InForce = compared ? "Wed 25 Nov 2026" : null },
            Row("buyInDate", "Buy-in date", "Fri 27 Nov 2026 (T+3)") with { IsComputed = true },
        ], []),
        new("lines", new("Short positions"), [], [AnswerLine(0, "A12345678", "99003 Nine Bridges Property", "12,000", compared), AnswerLine(1, "A12345679", "99005 Harbour Holdings", "48,400", false)]),
        new("contact", new("Contact and declaration"),
        [
            Row("contactName", "Contact name", "Ada Chan"), Row("contactPosition", "Position", null), Row("contactPhone", "Telephone", "2345 6789") with { Was = compared ? "2345 6780" : null },
            Row("contactEmail", "Email", "ada.chan@harbour.example"), Row("remarks", "Remarks", null),
            Row("attachments", "Attachments", null) with { Files = [new("f1", "si-screen.pdf", 182_000, Sha, Href: "#")] },
        ], []),
    ])
    { ChangeHref = change, RemarksForm = remarks };

    private static AnswerLine AnswerLine(int i, string position, string stock, string quantity, bool compared) => new(i + 1, $"lines[{i}]", $"{stock} · {quantity} short",
    [
        Row($"lines[{i}].positionNo", "Settlement position number", position),
        Row($"lines[{i}].shortQty", "Outstanding short quantity", quantity) with { InForce = compared ? "11,600" : null },
        Row($"lines[{i}].exemptQty", "Quantity to exempt", "6,000") with { Was = compared ? "12,000" : null },
        Row($"lines[{i}].value", "Estimated market value", "HKD 2,412,000.00"), Row($"lines[{i}].reason", "Reason", "Pending receipt of the same security"),
        Row($"lines[{i}].delivery", "Expected delivery date", "Mon 30 Nov 2026 (T+4)"), Row($"lines[{i}].counterparty", "Counterparty", "B09002"),
        Row($"lines[{i}].instruction", "Instruction number", "SI2026112400123"), Row($"lines[{i}].detail", "Reason in detail", null),
    ]);

    public static readonly SheetTrialView Spreadsheet = new(Head("draft", null), new("Positions"), "/requests/0193/lines/lines", "positionNo\tstockCode\nP00012345\t700\nP00012346\tx")
    {
        There = 1,
        Replaces = true,
        MayChoose = true,
        IsAgain = true,
        Notes = [new("Some cells hold formulas: the values that were saved with them were read.")],
        Columns = [new("Settlement position number"), new("Stock code")],
        Good = [new(2, ["P00012345", "00700"], [new("Explanation")])],
        Box = "P00012347\tfew",
        Bad = [new(3, [new("Row 3 of the file, Stock code (B3): A stock code has up to 5 digits, for example 700.")])],
    };

    public static readonly CheckView Check = new(Head("draft", null), 4, Sha, Answers("/requests/0193/form")) { Deadline = Deadline, Checkers = 2 };

    public static readonly IReadOnlyList<TimelineEntry> Entries =
    [
        new(new("Returned for correction"), new("Clearing house reviewer"), At(26, 15, 2)) { Text = "One line needs another number.", Remarks = [(new("Line 2, instruction number"), "please give the number of the matched instruction.")], Hash = Sha },
        new(new("Review began"), new("Clearing house reviewer"), At(26, 14, 40)) { Hash = Sha },
        new(new("Sent to the clearing house"), new("Ben Lau, checker"), At(26, 11, 20)) { Hash = Sha },
        new(new("Sent to the checker"), new("Ada Chan, maker"), At(26, 10, 14)) { Files = [new("f1", "si-screen.pdf", 182_000, Sha, Href: "#")], Hash = Sha },
    ];

    public static readonly TrackerView Tracker = new(Head("processing"), new WhereItStands(new("The clearing house's reviewers"), At(26, 11, 20), new("A reviewer examines each position and proposes an outcome; a second one decides."), new Moment(At(27, 9, 30), "T+3"))
    {
        Stages = [new(new("Sent to checker"), "done", At(26, 10, 14)), new(new("Sent to clearing house"), "done", At(26, 11, 20)), new(new("In review"), "here", At(26, 14, 40)), new(new("Second reviewer"), "next"), new(new("Decided"), "next")],
    }, Entries)
    { Answers = Answers(), Files = [new("f1", "si-screen.pdf", 182_000, Sha, Href: "#")], WithdrawHref = "/requests/0193/withdrawal" };

    private static TaskRow OneTask(string id, string title, string status, DateTimeOffset? due) => new(id, new(title), Head(status, "SET1-20261126-000" + id, true), due is { } at ? new Moment(at) : null);

    public static readonly IReadOnlyList<TaskRow> Tasks =
    [
        OneTask("12", "Review the application", "submitted", At(26, 16, 40)) with { MayClaim = true, IsEscalated = true, In = "all", Request = Head("submitted", "SET1-20261126-00012", true) with { IsLate = true } },
        OneTask("17", "Review the application", "processing", At(26, 17, 30)) with { IsMine = true },
        OneTask("18", "Decide on the proposal", "pendingHkexApproval", At(26, 19)) with { WhyNotMe = new("You proposed the outcome of this request.") },
        OneTask("21", "Review the application", "submitted", new(2026, 11, 30, 1, 30, 0, TimeSpan.Zero)) with { ClaimedBy = "Grace Yip" },
        OneTask("22", "Review the application", "submitted", null) with { MayClaim = true },
    ];

    public static readonly FilterView Filter = new("/inbox", "", [
        new("eService", new("eService"), [new("a", new("Set 1 Application for exemption of buy-in"), true, 4), new("b", new("Set 2 Early buy-in"), false, 1)]),
        new("status", new("Status"), [new("submitted", new("Received"), false, 3), new("processing", new("In review"), false, 1)]),
        new("participant", new("Participant"), [new("B09001", new("B09001 Harbour Securities"), false, 5)]),
    ], [new FilterChip(new("eService: Set 1"), "/inbox")]);

    public static readonly InboxView EmptyInbox = new(Filter, [new(new("All"), "/inbox", true, 0)], [], PageOfMany.Only);

    public static readonly HouseHomeView HouseHome = new([new(new("Overdue"), "/inbox?due=over", false, 2), new(new("Due today"), "/inbox?due=today", false, 100)], [.. Tasks.Take(1)], [.. Tasks.Skip(1)])
    {
        HasInbox = true,
        MayClaimNext = true,
        People = [new(null, 4, 0, null, new Moment(At(26, 18))), new("Grace Yip", 2, 1, At(26, 15), new Moment(At(26, 17)))],
        Thin = [new("/tasks/0199", "SET1-20261126-00012", new("Second review"), new Moment(At(26, 18)), 1)],
        ByStatus = [new(new("Received"), "/requests?status=submitted", false, 4)],
    };

    public static readonly InboxView Inbox = new(Filter, [new(new("All"), "/inbox", true, 11), new(new("Mine"), "/inbox?view=mine", false, 1), new(new("Unclaimed"), "/inbox?view=free", false, 7)], Tasks, new PageOfMany(1, 3, 57, "/inbox?eService=a"))
    {
        Saved = [new("1", new TabView(new("Harbour, late"), "/inbox?q=B09001&late=true", false, 3), null, true), new("2", new TabView(new("Settlement today"), "/inbox?due=today", false, 100), "settlement", false)],
        Save = new SaveViewForm(TypedView.None, ["settlement"]),
        In = "eService=a",
        MayClaimNext = true,
        Sorts = [new(new("Time left"), "/inbox?eService=a", true), new(new("Participant"), "/inbox?eService=a&sort=participant", false)],
    };

    public static TaskView ReviewTask(bool faulty = false) => new("0199", new("Review the application"), Head("processing", house: true), Sha, Answers(remarks: "decision", compared: true))
    {
        Deadline = Deadline with { CheckerBy = null },
        Claim = new ClaimView("You", true, false, true) { At = At(26, 14, 40) },
        Decision = new DecisionForm([new("approve", new("Send for second review")), new("return", new("Return to the participant")), new("reject", new("Reject all"))])
        {
            Explains = new("Your outcomes go to a second reviewer, who decides. Nothing takes effect before."),
            Lines = [Decide(0, "approve", faulty), Decide(1, null, false)],
            Fields = [new FieldView("reason", FieldKind.Choice, new("Reason for a return or rejection")) { Options = Reasons, IsOptional = true }, Text("reasonDetail", "In words", kind: FieldKind.LongText) with { IsOptional = true }],
            ForAllLines = [new("approve", new("Approve")), new("reject", new("Reject"))],
            ReasonsForAll = Reasons,
            Closed = faulty ? [new("Buy-in day: Fri 27 Nov 2026 is a general holiday (Day of mourning); Hong Kong’s market is closed.")] : [],
            ClosedDays = faulty ? new FieldView("closedDays", FieldKind.Choices, new("Approve all the same, knowing that the market is closed on")) { Options = [new("2026-11-27", new("Fri 27 Nov 2026"))] } : null,
            Faults = faulty ? [new("lines[0].decision.quantity", "too-large", null, new Dictionary<string, string> { ["limit"] = "6,000" })] : [],
        },
        Series = new SeriesView("all", "/inbox", 3, 17, null, "/tasks/0200?in=all"),
        Messages = Messages("Written by Harbour Securities and the clearing house."),
        Notes = new NotesView([new("Grace Yip", At(26, 14, 10), "Same counterparty as yesterday; see SET1-20261125-00009.")], true),
        Timeline = Entries,
    };

    private static MessagesView Messages(string reader) => new(
        [
            new(new("Ada Chan, maker, Harbour Securities"), At(26, 14, 20), "Which statement do you mean?\nThe one of the 25th is attached.", [new FileView("f3", "statement.pdf", 48_210, Sha, "ready", "/requests/1/attachments/f3")], false, true),
            new(new("Grace Yip, reviewer"), At(26, 14, 32), "That one, thank you.", [], true, false),
        ], null)
    { Action = "/tasks/0199/messages", Reader = new(reader) };

    private static LineDecision Decide(int i, string? outcome, bool faulty) => new($"lines[{i}]", outcome,
        [Text($"lines[{i}].decision.quantity", "Quantity granted", "6,000", FieldKind.Integer) with { Unit = new("shares"), Fault = faulty ? new("lines[0].decision.quantity", "too-large", null, new Dictionary<string, string> { ["limit"] = "6,000" }) : null }, Text($"lines[{i}].decision.until", "Exempt until", "2026-11-30", FieldKind.Date) with { DayNote = new("T+4") }],
        [new FieldView($"lines[{i}].reason", FieldKind.Choice, new("Reason")) { Options = Reasons }, Text($"lines[{i}].reasonDetail", "In words")])
    { Choices = [new("approve", new("Approve")), new("return", new("Return")), new("reject", new("Reject"))] };

    public static readonly TaskView ApprovalTask = ReviewTask() with
    {
        Title = new("Decide on the proposal"),
        Answers = Answers(compared: true),
        Proposal = new ProposalView(new("Raymond Ho, reviewer"), At(26, 15, 2), null, [new("lines[0]", "approve", "6,000 shares until Mon 30 Nov 2026"), new("lines[1]", "reject", "Stock-loan recall that was not returned", true)]),
        Claim = new ClaimView("Grace Yip", false, false, false) { At = At(26, 15, 30), WhyNotMe = [new("You proposed the outcome of line 1 at 15:02.")], WhoMay = new("2 second reviewers of the settlement team") },
        Decision = null,
    };

    public static readonly TaskView CheckTask = ReviewTask() with
    {
        Title = new("Check and send"),
        Request = Head(),
        Deadline = Deadline,
        Answers = Answers(remarks: "decision"),
        Notes = null,
        Decision = new DecisionForm([new("approve", new("Send to the clearing house")), new("return", new("Return to the maker")), new("reject", new("Reject"))])
        {
            Explains = new("Sending counts as of now: this is the time that is compared with the cut-off."),
            Fields = [Text("reasonDetail", "Reason, if you return or reject it", kind: FieldKind.LongText) with { IsOptional = true }],
        },
    };

    public static readonly IReadOnlyList<RequestRow> Requests =
    [
        new(Head("processing"), At(26, 14, 40)) { Lines = 2, Maker = "Ada Chan", ClientReference = "OPS-2026-1187" },
        new(Head("returnedByHkex", "SET1-20261125-00009"), At(26, 15, 2)) { Lines = 1, Maker = "Ada Chan" },
        new(Head("draft", null), At(26, 9, 30)) { Lines = 3, Maker = "Ben Lau" },
        new(Head("partiallyApproved", "SET1-20261120-00002"), At(20, 17, 5)) { Lines = 11, Maker = "Ada Chan" },
        new(Head("expired", "SET1-20261119-00031"), At(20, 9)) { Lines = 1, Maker = "Ben Lau" },
    ];

    private static readonly IReadOnlyList<CatalogueGroup> Groups =
    [
        new(new("Settlement and depository"), [new("sample-exemption", "Set 1", Exemption, new("Ask that a short position is not bought in, or only in part."), ["HKSCC"]), new("sample-early", "Set 2", new("Early buy-in request"), new("Ask that a short position is bought in before its day."), ["HKSCC"]), new("sample-special", "Set 3", new("Request for special buy-in"), new("Ask for a buy-in on special terms."), ["HKSCC"], MayMake: false)]),
        new(new("Participantship management"), [new("sample-name", "AC 9", new("Change of company name"), new("Tell the clearing houses your firm's new name."), ["HKSCC", "HKCC", "SEOCH"]), new("sample-account", "AC 1", new("DCASS account maintenance"), new("Open, change or close accounts in DCASS."), ["HKCC", "SEOCH"])]),
    ];

    private static readonly IReadOnlyList<NoticeRow> Notes =
    [
        new("1", new("Returned to you: SET1-20261125-00009"), new("The clearing house needs more information. Correct it by 18:30."), At(26, 15, 2), false, "/requests/0193"),
        new("2", new("Cut-off in two hours: Set 1"), new("One request is still with your checkers."), At(26, 17), false, "/requests/0193"),
        new("3", new("Partially approved: SET1-20261120-00002"), new("10 of 11 lines were approved."), At(20, 17, 5), true, "/requests/0193"),
    ];

    public static readonly HomeView Home = new(Tasks.Take(2).ToList(), Requests)
    {
        TasksInAll = 2,
        RequestsInAll = 38,
        Catalogue = Groups,
        Notices = Notes,
        CutOffs = [new(new("Exemption of buy-in, Hong Kong"), "Set 1", new Moment(At(26, 19), "T+2"), "/catalogue/sample-exemption", false), new(new("Early buy-in"), "Set 2", new Moment(At(27, 12), "T+3"), null, false)],
        Counts = [new(new("with your checker"), "/requests?status=pendingChecker", false, 3), new(new("returned to you"), "/requests?status=returnedByHkex", false, 1), new(new("in review"), "/requests?status=processing", false, 4), new(new("drafts"), "/requests?status=draft", false, 2)],
    };

    public static readonly RequestsView AllRequests = new(Filter with { Action = "/requests" }, Requests, new PageOfMany(2, 4, 38, "/requests?"));

    public static readonly InterruptionView Withdrawal = new(new("Withdraw this request?"), [new("Nobody works on it any more, and nothing takes effect."), new("Everybody concerned is told."), new("This can't be undone. You can start a new request while there is time.")], "/requests/0193/withdrawal", new("Yes, withdraw it"), "/requests/0193")
    { Head = Head("submitted"), Fields = [Text("reason", "Reason", kind: FieldKind.LongText) with { IsOptional = true }] };

    public static readonly EServiceView EService = new(Groups[0].Entries[0], Form().Help!, [new("hkscc-b09001", new("B09001 Harbour Securities Limited (HKSCC)")), new("hkscc-b09003", new("B09003 Harbour Nominees Limited (HKSCC)"))]) { Deadlines = [Deadline], Drafts = [Requests[2]] };

    public static readonly AccountView Account = new("Ada Chan", "ada.chan@harbour.example", "Harbour Securities Limited", true, [new("1", "Firefox on Linux", At(26, 9), At(26, 16, 54), true), new("2", "Safari on iPhone", At(25, 8), At(25, 8, 20), false)], [new(Exemption, "B09001", true, true, false)]) { TotpSince = At(2, 9) };

    public static readonly OperatorsView Operators = new([new("overdue", []), new("unsent", [new("Notice “returned” to ada.chan@harbour.example", "451 4.7.1 Try again later", At(26, 16, 20), null, "/operators/notices/1/retry", 4)]), new("parked", [new("SET1-20261126-00031", "Step “Review”: the expression facts.lines.foo is not known.", At(26, 12), "#", "/operators/requests/1/retry", 1)]), new("failed", [])])
    { Signs = [(new("Sweep"), "0.4 s ago", true), (new("Outbox, oldest"), "35 min", false)] };

    public static readonly DevView Dev = new([new("ada.chan@harbour.example", "Ada Chan", "B09001 Harbour Securities", "Maker", "JBSW Y3DP EHPK 3PXP"), new("ben.lau@harbour.example", "Ben Lau", "B09001 Harbour Securities", "Checker"), new("raymond.ho@clearing.example", "Raymond Ho", "HKSCC", "Reviewer, settlement team")], Now, TimeSpan.FromHours(51)) { Mails = 12 };

    public static readonly DevMailsView Mails = new([new("1", "Returned to you: SET1-20261125-00009", "ada.chan@harbour.example", At(26, 15, 2)), new("2", "Waiting for you: SET1-20261126-00017", "ben.lau@harbour.example", At(26, 10, 14))]);

    public static readonly DevMailView Mail = new("1", "Returned to you: SET1-20261125-00009", "client-connect@clearing.example", "ada.chan@harbour.example", At(26, 15, 2), "Dear Ada Chan,\n\nThe clearing house needs more information for SET1-20261125-00009.\n\nOpen the request: https://localhost/requests/0193", "/dev/mail/1/html");

    public static readonly TaskView StaleTask = ReviewTask() with { IsStale = true, Changed = [new(new("Line 1, quantity to exempt"), "12,000", "6,000"), new(new("Attachment"), null, "si-screen.pdf")] };

    public static readonly ErrorView TooLate = new(409, new HasChanged()) { Typed = "What I had typed", Next = ("/inbox", new("Go on in the inbox")) };

    private sealed record HasChanged() : Refusal(RefusalKind.Conflict);

    public static readonly SignInView SignIn = new("ada.chan@harbour.example", null, "sign-in.wrong") { ShowsDev = true };

    public static readonly TotpSetUpView TotpSetUp = new("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "JBSW Y3DP EHPK 3PXP");
}
