using System.Globalization;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace ClientConnect.Host.Portal.Designer;

/// <summary>
/// The files of Elsa Studio, as its package has them: beside a published host, in the checkout's <c>src/Designer</c>, or where
/// <c>Designer__Studio</c> says. They come compressed already.
/// </summary>
internal sealed class StudioFiles
{
    /// <summary>Where browsers find them; the base of the page that loads them, by which they find each other.</summary>
    public const string Address = "/designer/studio";

    private const string InCheckout = "../Designer/node_modules/@elsa-workflows/elsa-studio-wasm";
    private const string Loader = "_framework/blazor.webassembly.js";

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly PhysicalFileProvider? files;

    public StudioFiles(IConfiguration configuration, IHostEnvironment environment)
    {
        string?[] places = [configuration["Designer:Studio"], Path.Combine(AppContext.BaseDirectory, "studio"), Path.Combine(environment.ContentRootPath, InCheckout)];
        var folder = places.OfType<string>().Select(Path.GetFullPath).FirstOrDefault(place => File.Exists(Path.Combine(place, Loader)));
        files = folder is null ? null : new PhysicalFileProvider(folder);
    }

    /// <summary>False where nobody restored the package: the canvas can't be shown, all else works.</summary>
    public bool AreHere => files is not null;

    /// <summary>Null where the package has no such file; outside of it there is none.</summary>
    public IResult? Find(HttpRequest request, string path)
    {
        if (files?.GetFileInfo(path) is not { Exists: true, IsDirectory: false } plain) return null;
        var (file, encoding) = Compressed(request, path) ?? (plain, null);
        request.HttpContext.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding is not null) request.HttpContext.Response.Headers.ContentEncoding = encoding;
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{file.LastModified.ToUnixTimeSeconds():x}-{file.Length:x}\"");
        return Results.File(file.PhysicalPath!, Types.TryGetContentType(path, out var type) ? type : "application/octet-stream", entityTag: new EntityTagHeaderValue(tag));
    }

    private (IFileInfo File, string? Encoding)? Compressed(HttpRequest request, string path)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        foreach (var (encoding, ending) in new[] { ("br", ".br"), ("gzip", ".gz") })
        {
            if (accepted.Any(a => a.Value == encoding && a.Quality is null or > 0) && files!.GetFileInfo(path + ending) is { Exists: true } file) return (file, encoding);
        }

        return null;
    }
}
