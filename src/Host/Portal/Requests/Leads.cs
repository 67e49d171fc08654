using ClientConnect.Host.Portal.Kit;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;
using Asked = ClientConnect.Workflows.EServices.FormField;

namespace ClientConnect.Host.Portal.Requests;

/// <summary>Where a form points to another eService: to its page in the catalogue, by its name there.</summary>
internal sealed class Leads(Catalogue catalogue, BusinessClock clock)
{
    /// <summary>Null where the form points nowhere from this field now, and where there is no such eService.</summary>
    public LeadView? Of(Asked field, FormEvaluation form, string path) =>
        field.LeadsTo is { } other && form.Leading.Contains(path) && catalogue.InForce(other.EService, clock.GetUtcNow()) is { } there
            ? new LeadView(other.Text, PortalCalls.Texts(l => $"{there.Service.Id} {there.Service.Name.In(l)}"), "/catalogue/" + there.Key)
            : null;
}
