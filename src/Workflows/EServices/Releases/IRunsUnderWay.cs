using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Releases;

/// <summary>What whoever changes an eService must know of the requests under way; the requests' own module answers.</summary>
public interface IRunsUnderWay
{
    /// <summary>How many open requests of the eService stand at which step, by whatever release. None of them is told.</summary>
    Task<IReadOnlyDictionary<string, int>> StandingAsync(Viewer viewer, string eService, CancellationToken ct);

    /// <summary>What the flow would do that nothing in this build carries out.</summary>
    IReadOnlyList<BundleFault> Unwritten(EServiceBundle bundle);
}
