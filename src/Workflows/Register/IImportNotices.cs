using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.Database;

namespace ClientConnect.Workflows.Register;

/// <summary>What people are told of a calendar's file; the names of its mails are these, in small letters.</summary>
public enum ImportNews
{
    /// <summary>It waits for a second person.</summary>
    Waits,

    /// <summary>A second person confirmed it.</summary>
    Confirmed,

    /// <summary>A second person threw it away.</summary>
    Dropped,
}

/// <summary>One thing to tell of one calendar's file, and whom.</summary>
/// <param name="Name">The file's.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">Business time of the deed.</param>
public sealed record ImportNotice(ImportNews News, Guid Import, Market Market, string Name, string By, DateTimeOffset At, IReadOnlyList<ContactPerson> To);

/// <summary>Tells people what becomes of calendars' files; the notices' own module does.</summary>
public interface IImportNotices
{
    /// <summary>Adds a notice for each person to the deed's own batch, so that deed and notice stand or fall together.</summary>
    void AddTo(ClickBatch batch, ImportNotice notice);

    /// <summary>These files are no longer there: what was told of them leads nowhere, and asks nobody for anything.</summary>
    void AddEndTo(ClickBatch batch, IReadOnlyCollection<Guid> imports, DateTimeOffset at);
}
