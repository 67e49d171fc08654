namespace ClientConnect.Architecture.Tests;

/// <summary>The rules that are decisions, as data: changing one of these lists is the review.</summary>
internal static class House
{
    /// <summary>
    /// Which module may use which; what is not listed is not allowed. Kernel is free for all, Database for all but those of
    /// <see cref="WithoutDatabase"/>. Whoever carries out effects knows Flow's records of them.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayUse = new Dictionary<string, string[]>
    {
        ["Kernel"] = [],
        ["Database"] = [],
        ["Calendar"] = [],
        ["Flow"] = [],
        ["Events"] = [],
        ["Access"] = ["Events"],
        ["Register"] = ["Calendar", "Access", "Events"],
        ["EServices"] = ["Flow", "Calendar", "Access", "Register", "Events"],
        ["Files"] = ["Access", "Events"],
        ["Requests"] = ["EServices", "Flow", "Calendar", "Files", "Register", "Access", "Events"],
        ["Deadlines"] = ["Requests", "Register", "Calendar", "EServices", "Flow", "Access", "Events"],
        ["Inbox"] = ["Requests", "EServices", "Flow", "Calendar", "Register", "Access", "Events"],
        ["Notices"] = ["Requests", "Files", "Inbox", "EServices", "Flow", "Register", "Calendar", "Access", "Events"],
        ["Audit"] = ["Requests", "EServices", "Flow", "Events"],
        ["Enrolment"] = ["Requests", "EServices", "Deadlines", "Register", "Flow", "Access", "Events"],
    };

    /// <summary>No database, no clock, no network, no chance: what they want done they return.</summary>
    public static readonly string[] Pure = ["Calendar", "Flow"];

    /// <summary>Where even the map of the database is not known.</summary>
    public static readonly string[] WithoutDatabase = ["Kernel", "Calendar", "Flow"];

    /// <summary>A package is known to the types whose full name begins so, and to no others.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> PackageHomes = new Dictionary<string, string[]>
    {
        ["Hangfire"] = ["ClientConnect.Host.Jobs.", "ClientConnect.Host.Composition."],
        ["MailKit"] = ["ClientConnect.Workflows.Notices.MailKit"],
        ["DotLiquid"] = ["ClientConnect.Workflows.Notices.Liquid"],
        ["UglyToad"] = ["ClientConnect.Host.Pdf."],
        ["Jint"] = ["ClientConnect.Workflows.Flow.Expressions."],
        ["ClosedXML"] = ["ClientConnect.Host.Spreadsheets.Workbook"],
        ["CsvHelper"] = ["ClientConnect.Workflows.Register.Csv"],
    };

    /// <summary>Where EF Core has no business.</summary>
    public static readonly string[] WithoutEntityFramework =
        ["ClientConnect.Workflows.Kernel.", "ClientConnect.Workflows.Calendar.", "ClientConnect.Workflows.Flow.", "ClientConnect.Host.Portal."];

    /// <summary>Fields that every eService shares; C# may name them.</summary>
    public static readonly string[] HeaderFields =
        ["contactName", "contactPosition", "contactPhone", "contactEmail", "clientReference", "remarks", "declaration", "attachments"];

    /// <summary>Use cases that nobody signed in asks for: signing in itself, jobs, and the operator's commands.</summary>
    public static readonly string[] SystemUseCases =
    [
        "SignIn", "OfferSecondFactor", "ConfirmSecondFactor", "StartSession", "ReadSession",
        "VerifyAudit", "AuditTheWorld", "HoldNotices", "ImportEntries", "EndEntries", "ImportFirms", "ImportAttachments", "MoveClock",
    ];

    /// <summary>Reads and jobs that take no viewer: a whole type, or one method of it. What they give must never go to a screen unasked.</summary>
    public static readonly string[] SystemReads =
    [
        "CalendarStore", "CalendarMovesOf", "ReleaseStore", "ReleaseRecord.FirstBadAsync", "SendDueNotices", "ScanWaitingAttachments", "TellOfPublications", "ClearExpiredFiles", "SweepDeadlines", "EndDueEntries", "DueRequests", "AuditHeads",
        "EventLog.OfAsync", "DeadlineLedger", "RegisterReader.FindAsync", "RegisterReader.OwnAsync", "OverdueNotices.CountAsync", "SecurityLog.RecordAsync",
        "AttachmentsOf.ReadAsync", "ImportFirms.KnownAsync", "MoveClock",
    ];

    /// <summary>Endings of names that say nothing about what the thing is.</summary>
    public static readonly string[] BannedSuffixes =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Common", "Base", "Info", "Data", "Dto", "Processor", "Impl", "Service"];
}
