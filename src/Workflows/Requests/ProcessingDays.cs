using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Register;

namespace ClientConnect.Workflows.Requests;

/// <summary>Whether an eService takes what is sent now; the moment that counts is when the participant's checker sends.</summary>
public sealed class ProcessingDays(CalendarStore calendars)
{
    /// <summary>Null where what is sent now is taken.</summary>
    public Refusal? WhyNotNow(LoadedRequest request, DateTimeOffset now)
    {
        var day = DeadlinePlanner.ProcessingAt(request.Bundle.Service, RequestFacts.Of(request, now), calendars.Current, now);
        if (day.IsRefused) return day.Refusal;
        return day.Value.IsRefused ? new NotAProcessingDay(HongKong.DateIn(day.Value.NextAt ?? now)) : null;
    }
}
