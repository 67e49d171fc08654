using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Audit;
using ClientConnect.Workflows.Deadlines;
using ClientConnect.Workflows.Enrolment;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.EServices.Releases;
using ClientConnect.Workflows.Events;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Flow;
using ClientConnect.Workflows.Inbox;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Notices;
using ClientConnect.Workflows.Register;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Host.Composition;

/// <summary>What each module brings; all of it lives as long as the host and keeps no state that matters.</summary>
internal static class ModulesComposition
{
    public static void AddModules(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<BusinessClock>();
        services.AddSingleton<Catalogue>().AddSingleton<ReleaseStore>();
        AddReleases(services);
        services.AddSingleton<IFlowInterpreter, FlowInterpreter>();
        services.AddSingleton<EventLog>().AddSingleton<VerifyAudit>().AddSingleton<AuditTheWorld>();
        AddRequests(services);
        AddInbox(services);
        services.AddSingleton<IEffectWriter, DeadlineWriter>().AddSingleton<DueRequests>().AddSingleton<DeadlineEffects>().AddSingleton<SweepDeadlines>().AddSingleton<DeadlineLedger>().AddSingleton<CalendarMovesOf>().AddSingleton<ICalendarMoves>(all => all.GetRequiredService<CalendarMovesOf>());
        services.AddSingleton<IEffectWriter, EnrolmentWriter>().AddSingleton<IRequestFact, PlacesFact>().AddSingleton<Activities>().AddSingleton<Roster>().AddSingleton<EnrolmentsOf>();
        services.AddSingleton<SaveActivity>().AddSingleton<CancelOccasion>().AddSingleton<MarkAttendance>();
        AddFiles(builder);
    }

    private static void AddReleases(IServiceCollection services)
    {
        services.AddSingleton<IRunsUnderWay, RunsUnderWay>().AddSingleton<ReleaseDeeds>().AddSingleton<ReleaseDesk>().AddSingleton<ReleaseDrafts>().AddSingleton<ReleaseProposals>().AddSingleton<ReleaseRecord>();
        services.AddSingleton<EditRelease>().AddSingleton<KeepLease>().AddSingleton<LeaveDraft>().AddSingleton<SaveDrawing>().AddSingleton<DiscardDraft>().AddSingleton<BringReleaseBack>();
        services.AddSingleton<ProposeRelease>().AddSingleton<ReturnProposal>().AddSingleton<ReleaseProposed>().AddSingleton<CancelRelease>();
    }

    private static void AddRequests(IServiceCollection services)
    {
        services.AddSingleton<IEffectWriter, StateWriter>().AddSingleton<IRequestFact, MembershipsFact>().AddSingleton<RequestWriter>().AddSingleton<RequestClicks>().AddSingleton<RequestMoves>();
        services.AddSingleton<RequestReader>().AddSingleton<DoneOperations>().AddSingleton<ClickLoad>().AddSingleton<RequestsOf>().AddSingleton<RequestTimeline>();
        services.AddSingleton<DraftAnswers>().AddSingleton<StartDraft>().AddSingleton<SaveDraft>().AddSingleton<KeptAnswers>().AddSingleton<SubmitRequest>().AddSingleton<WithdrawRequest>().AddSingleton<Notes>().AddSingleton<SendMessage>().AddSingleton<MessagesOf>().AddSingleton<LookAtMessages>().AddSingleton<OpenTouches>().AddSingleton<RunningRequests>().AddSingleton<RequestRuns>();
        services.AddSingleton<Samples>();
    }

    private static void AddInbox(IServiceCollection services)
    {
        services.AddSingleton<IEffectWriter, TaskWriter>().AddSingleton<InboxOf>().AddSingleton<ReadTask>().AddSingleton<ClosedDayApprovals>().AddSingleton<ProcessingDays>().AddSingleton<Proposals>().AddSingleton<PastContent>();
        services.AddSingleton<ClaimTask>().AddSingleton<ReleaseTask>().AddSingleton<ReassignTask>().AddSingleton<DecideTask>().AddSingleton<MilestoneReports>();
        services.AddSingleton<InboxSeries>().AddSingleton<ClaimNext>().AddSingleton<SavedViews>().AddSingleton<SaveView>().AddSingleton<RemoveView>();
        services.AddSingleton<AblePeople>().AddSingleton<ExplainTask>().AddSingleton<TeamWork>();
    }

    private static void AddFiles(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new FileLimits()).AddSingleton<IAttachmentAccess, RequestAttachments>();
        services.AddSingleton<UploadAttachment>().AddSingleton<ReadAttachment>().AddSingleton<RemoveAttachment>().AddSingleton<AttachmentsOf>().AddSingleton<MessageFiles>().AddSingleton<ScanWaitingAttachments>();
        services.AddSingleton<IDownloadFolders, DownloadFolders>().AddSingleton<PublishFile>().AddSingleton<TellOfPublications>().AddSingleton<WithdrawPublication>().AddSingleton<PublicationsOf>().AddSingleton<DownloadsFor>();
        services.AddSingleton<DownloadFile>().AddSingleton<DownloadTogether>().AddSingleton<ClearExpiredFiles>();
        services.AddSingleton<IVirusScanner>(builder.Configuration["Scan:Clamd"] is { Length: > 0 } setting
            ? ClamdScanner.At(setting) ?? throw new InvalidOperationException("Scan__Clamd is neither host:port nor the path of a socket.")
            : new NoVirusScanner());
    }
}
