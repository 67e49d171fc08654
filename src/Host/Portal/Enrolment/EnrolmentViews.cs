using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.Enrolment;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Enrolment;

/// <summary>All that is announced, by date.</summary>
/// <param name="MayRun">The viewer may announce and change activities.</param>
public sealed record ActivitiesView(IReadOnlyList<OccasionCount> Occasions, bool MayRun);

/// <summary>An activity as it is written.</summary>
/// <param name="Number">Null for a new one.</param>
/// <param name="Dates">One group of fields for each date, the last ones empty.</param>
/// <param name="Questions">One group for each question, the last ones empty.</param>
public sealed record ActivityFormView(string? Number, IReadOnlyList<FieldView> Fields, IReadOnlyList<DateFields> Dates, IReadOnlyList<QuestionFields> Questions, IReadOnlyList<FieldFault> Faults)
{
    public string Action => Number is null ? "/activities" : $"/activities/{Number}";

    /// <summary>Why it could not be saved, where no field is at fault; null where it was not tried, or fields are.</summary>
    public LocalText? Refused { get; init; }
}

/// <summary>The fields of one date.</summary>
/// <param name="Key">Its key; null for one that is new.</param>
/// <param name="IsCancelled">It is shown, and stays as it was.</param>
public sealed record DateFields(int Index, string? Key, bool IsCancelled, IReadOnlyList<FieldView> Fields);

/// <summary>The fields of one question.</summary>
/// <param name="Name">What its answers go by; null for one that is new.</param>
public sealed record QuestionFields(int Index, string? Name, IReadOnlyList<FieldView> Fields);

/// <summary>Who comes to an occasion.</summary>
/// <param name="MayMark">The viewer may mark who attended: its day has come.</param>
/// <param name="MayCancel">The viewer may say that it does not take place.</param>
public sealed record RosterView(RosterOf Roster, bool MayMark, bool MayCancel);

/// <summary>What the viewer's firm is enrolled for.</summary>
public sealed record EnrolmentsView(IReadOnlyList<FirmEnrolment> Enrolments);
