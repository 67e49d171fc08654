using ClientConnect.Workflows.Flow;

namespace ClientConnect.Workflows.Requests;

/// <summary>Which effects a flow can ask for, by the types of its steps: what nobody writes must not be drawn.</summary>
public static class FlowEffects
{
    public static IReadOnlySet<Type> Of(FlowDefinition flow) => flow.Steps.SelectMany(s => s.Type switch
    {
        "ClientConnect.ParticipantCheck" or "ClientConnect.ClearingHouseReview" or "ClientConnect.ClearingHouseApproval" or "ClientConnect.AwaitCorrection" or "ClientConnect.AwaitAnswer" or "ClientConnect.AwaitMilestone" =>
            new[] { typeof(OpenTask), typeof(CloseTask), typeof(RecordDecision), typeof(ArmDeadline), typeof(ClearDeadline) },
        "ClientConnect.WaitUntil" => [typeof(ArmDeadline), typeof(ClearDeadline)],
        "ClientConnect.Enrol" => [typeof(Enrol), typeof(GiveUpPlaces)],
        "ClientConnect.AwaitPlaces" => [typeof(ArmDeadline), typeof(ClearDeadline), typeof(GiveUpPlaces)],
        "ClientConnect.SetStatus" => [typeof(SetStatus)],
        "ClientConnect.TellThem" => [typeof(QueueNotice)],
        "ClientConnect.ApplyToRegister" => [typeof(ApplyToRegister)],
        "ClientConnect.FollowUp" => [typeof(FollowUp), typeof(EndFollowUp)],
        "ClientConnect.CallOut" => [typeof(CallOut)],
        _ => [],
    }).ToHashSet();
}
