using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Requests;

/// <summary>Tells Files what the eServices in force let the clearing house publish, and for whom they are.</summary>
public sealed class DownloadFolders(Catalogue catalogue, BusinessClock clock) : IDownloadFolders
{
    public IReadOnlyList<DownloadFolder> All() =>
        [.. from bundle in catalogue.AllInForce(clock.GetUtcNow())
            let service = bundle.Service
            where service.Downloads is not null
            select new DownloadFolder(
                bundle.Key, service.Name, service.ClearingHouses, service.Downloads!.Types.ToDictionary(t => t.Value, t => t.Label, StringComparer.Ordinal),
                Downloaded.KeepDays(service) ?? throw new InvalidOperationException($"{bundle.Key} was released without the days that its files are kept."), Downloaded.IsVerified(service))];

    public bool IsFor(string eService, HeldMembership membership) => catalogue.InForce(eService, clock.GetUtcNow()) is { } bundle && bundle.Service.IsFor(membership);
}
