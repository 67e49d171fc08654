using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Files;

/// <summary>Reads what is uploaded: once, and no further than it may be long, whatever was announced.</summary>
internal static class FileContents
{
    public static async Task<Result<byte[]>> ReadAsync(Stream stream, int largest, CancellationToken ct)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (var read = await stream.ReadAsync(buffer, ct); read > 0; read = await stream.ReadAsync(buffer, ct))
        {
            if (content.Length + read > largest)
            {
                return new FileIsTooLarge(largest);
            }

            content.Write(buffer, 0, read);
        }

        return content.Length == 0 ? new FileIsEmpty() : content.ToArray();
    }
}
