using ClientConnect.Workflows.Files;
using Microsoft.AspNetCore.Mvc;

namespace ClientConnect.Host.Api;

/// <summary>Files coming in and going out over HTTP.</summary>
internal static class Uploads
{
    /// <summary>The largest multipart body that is read: one file of fifty megabytes and its form. What the field takes is said of it later.</summary>
    public const long MaxBytes = 54L * 1024 * 1024;

    /// <summary>Lets a body in that is as large as a file and its form may be.</summary>
    public static TBuilder TakesFiles<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequestSizeLimitAttribute(MaxBytes));

    public static async Task<(IFormFile? File, string Purpose, IResult? Problem)> ReadAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType) return (null, string.Empty, Problems.Of(415, "multipart-expected", "This address takes a form with a file.", "Send it as multipart/form-data with the fields file and purpose."));
        var (form, problem) = await ReadFormAsync(http, ct);
        if (form is null) return (null, string.Empty, problem);
        return form.Files.Count == 1
            ? (form.Files[0], form["purpose"].ToString() is { Length: > 0 } purpose ? purpose : "attachments", null)
            : (null, string.Empty, Problems.Of(400, "one-file-expected", "Send one file at a time.", "The field's name is file."));
    }

    /// <summary>A form with files; a problem where it is too large or not whole.</summary>
    public static async Task<(IFormCollection? Form, IResult? Problem)> ReadFormAsync(HttpContext http, CancellationToken ct)
    {
        if (http.Request.ContentLength > MaxBytes) return (null, Problems.Of(413, "file-is-too-large", "The file is too large.", "At most 50 MB are taken, and 10 MB of what only goes with a request."));
        try
        {
            return (await http.Request.ReadFormAsync(ct), null);
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException or IOException)
        {
            return e is BadHttpRequestException { StatusCode: 413 } || e.Message.Contains("length limit", StringComparison.Ordinal)
                ? (null, Problems.Of(413, "file-is-too-large", "The file is too large.", "At most 50 MB are taken, and 10 MB of what only goes with a request."))
                : (null, Problems.Of(400, "upload-not-readable", "The upload can't be read.", "It broke off, or its form is not whole. Send it again."));
        }
    }

    /// <summary>An archive that is made while it is sent.</summary>
    public static IResult Archive(HttpContext http, ArchiveToSave archive)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Stream(stream => archive.WriteAsync(stream, http.RequestAborted), "application/octet-stream", archive.Name);
    }

    /// <summary>Never shown in the browser: a download, of no type that anything would run.</summary>
    public static IResult Download(HttpContext http, AttachmentToSave file)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(file.Bytes, "application/octet-stream", file.Name);
    }
}
