using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>A file to begin from stands beside the field of a file whose structure is asked for.</summary>
public sealed class FileTemplateTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    [Fact]
    public async Task It_is_named_and_headed_as_the_file_must_be_and_nobody_else_has_it()
    {
        var maker = await market.As(Cast.Maker);
        var address = $"/requests/{await Draft(maker, "CCSUB")}/templates/submittedFile";

        Assert.Contains($"href=\"{address}\" download=\"CCSUB_B09001_20261123.csv\"", (await maker.GetAsync(address[..^"/templates/submittedFile".Length] + "/form")).Accepted().Body, StringComparison.Ordinal);
        Assert.Equal("H,CCSUB,B09001,20261123\r\nD,SUB_ACCOUNT,ACCOUNT_NAME,STOCK_CODE,0\r\nT,1,0\r\n", Encoding.UTF8.GetString(await maker.DownloadsAsync(address)));
        Assert.Equal(HttpStatusCode.NotFound, (await (await market.As(Cast.B09002.Maker)).GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await maker.GetAsync(address + "2")).Status);
    }

    [Fact]
    public async Task Where_no_structure_is_asked_for_there_is_none()
    {
        var maker = await market.As(Cast.Maker);
        var id = await Draft(maker, "DFCONF");

        Assert.DoesNotContain("/templates/", (await maker.GetAsync($"/requests/{id}/form")).Accepted().Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await maker.GetAsync($"/requests/{id}/templates/submittedFile")).Status);
    }

    private static async Task<string> Draft(Person maker, string type) => (await maker.SendsJsonAsync(HttpMethod.Post, "/api/requests", new JsonObject
    {
        ["eService"] = "ud-file-exchange",
        ["membership"] = Cast.Maker.Membership,
        ["answers"] = new JsonObject { ["fileType"] = type, ["businessDate"] = "2026-11-23" },
    })).Accepted().Id();
}
