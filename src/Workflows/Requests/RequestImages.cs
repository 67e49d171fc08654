using Microsoft.Extensions.Caching.Memory;

namespace ClientConnect.Workflows.Requests;

/// <summary>
/// Requests as this host read them last. Whoever clicks has looked just before: the click asks the database for the version alone, and
/// reads the row again where it is another one by now. Nothing breaks when it is lost; what it holds is never newer than what is asked for.
/// </summary>
public sealed class RequestImages : IDisposable
{
    /// <summary>Characters that are kept of all requests together.</summary>
    private const long Capacity = 8_000_000;

    // A membership's or a firm's own data, which have no version, are not older than this.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly MemoryCache images = new(new MemoryCacheOptions { SizeLimit = Capacity });

    /// <param name="foundBy">The id by which it was found: its own, or a task's. Null where nobody has looked lately.</param>
    internal RequestImage? Recall(Guid foundBy) => images.Get<RequestImage>(foundBy);

    internal void Remember(Guid foundBy, RequestImage image) =>
        images.Set(foundBy, image, new MemoryCacheEntryOptions { Size = image.Size, AbsoluteExpirationRelativeToNow = Lifetime });

    public void Dispose() => images.Dispose();
}
