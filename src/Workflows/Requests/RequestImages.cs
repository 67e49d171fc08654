using ClientConnect.Workflows.Kernel;
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
    internal RequestImage? Recall(Guid foundBy) => images.Get(foundBy) switch
    {
        RequestImage image => image,
        Guid request => images.Get<RequestImage>(request),
        _ => null,
    };

    internal void Remember(Guid foundBy, RequestImage image)
    {
        Keep(image.Id, image, image.Size);
        if (foundBy != image.Id) Keep(foundBy, image.Id, 100);
    }

    /// <summary>This host has changed it: whoever clicks without having looked since reads all of it.</summary>
    internal void Forget(RequestId request) => images.Remove(request.Value);

    private void Keep(Guid key, object value, long size) => images.Set(key, value, new MemoryCacheEntryOptions { Size = size, AbsoluteExpirationRelativeToNow = Lifetime });

    public void Dispose() => images.Dispose();
}
