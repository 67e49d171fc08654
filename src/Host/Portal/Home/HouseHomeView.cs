using ClientConnect.Host.Portal.Inbox;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Home;

/// <summary>The clearing house's first page: how the work stands, what the viewer has begun, what comes next, and who has how much.</summary>
public sealed record HouseHomeView(IReadOnlyList<TabView> Counts, IReadOnlyList<TaskRow> Mine, IReadOnlyList<TaskRow> Next)
{
    public int MineInAll { get; init; }

    public int NextInAll { get; init; }

    /// <summary>False for roles without an inbox: analysts, administrators, auditors.</summary>
    public bool HasInbox { get; init; }

    public bool MayClaimNext { get; init; }

    /// <summary>Who has how much; for supervisors.</summary>
    public IReadOnlyList<WorkloadRow> People { get; init; } = [];

    /// <summary>What hardly anybody can decide; for supervisors.</summary>
    public IReadOnlyList<ThinRow> Thin { get; init; } = [];

    /// <summary>Where a role without an inbox works.</summary>
    public IReadOnlyList<(string Href, LocalText Title, LocalText Words)> Places { get; init; } = [];

    public IReadOnlyList<TabView> ByStatus { get; init; } = [];

    public IReadOnlyList<CutOffRow> CutOffs { get; init; } = [];

    public IReadOnlyList<NoticeRow> Notices { get; init; } = [];
}

/// <summary>One person's claimed tasks.</summary>
/// <param name="Name">Null for what nobody has claimed.</param>
public sealed record WorkloadRow(string? Name, int Tasks, int Overdue, Moment? OldestClaim, Moment? Due);

/// <summary>A task that fewer people can decide than one would like.</summary>
public sealed record ThinRow(string Href, string Number, LocalText Kind, Moment? Due, int Able);
