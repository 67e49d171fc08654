using ClientConnect.Host.Composition;
using ClientConnect.Host.Portal;
using ClientConnect.Host.Portal.Requests;
using ClientConnect.Workflows.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using static ClientConnect.Host.Tests.Portal.Samples;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>What a browser gets: status, type, and the page as the endpoint's result writes it.</summary>
public sealed class AnswersOfPagesTests
{
    [Fact]
    public async Task A_form_is_a_whole_page_and_with_faults_it_is_422()
    {
        var (status, type, html) = await Answer(Pages.Form(Maker, Form(faulty: true)));

        Assert.Equal(422, status);
        Assert.StartsWith("text/html", type, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains("<title>Error: Application for exemption of buy-in – Client Connect</title>", html, StringComparison.Ordinal);
        Assert.Equal(200, (await Answer(Pages.Form(Maker, Form()))).Status);
    }

    [Fact]
    public async Task Chinese_is_written_as_it_is()
    {
        var (_, _, html) = await Answer(Pages.Inbox(Reviewer with { Language = "zh-Hant" }, Inbox));

        Assert.Contains("<html lang=\"zh-Hant\">", html, StringComparison.Ordinal);
        Assert.Contains("待辦事項", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_autosave_is_answered_with_the_new_revision_alone()
    {
        var (status, _, html) = await Answer(Pages.FormSaved(Maker, new SavedView(5, Now)));

        Assert.Equal(200, status);
        Assert.Contains("<input type=\"hidden\" name=\"revision\" value=\"5\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", html, StringComparison.Ordinal);
        Assert.Equal(409, (await Answer(Pages.FormSaved(Maker, new SavedView(5, null, "Ben Lau", Conflict: true)))).Status);
    }

    [Fact]
    public async Task A_refusal_is_a_page_with_its_status_its_words_and_a_way_on()
    {
        var (status, _, html) = await Answer(Pages.Refused(Maker, new NotYoursToDo("not-a-checker"), ("/inbox", new LocalText("Back to the inbox"))));

        Assert.Equal(403, status);
        Assert.Contains("You do not have the right to check", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/inbox\"", html, StringComparison.Ordinal);
        Assert.Equal(404, (await Answer(Pages.Refused(Maker, new NothingHere()))).Status);
    }

    private static async Task<(int Status, string? Type, string Html)> Answer(IResult result)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddScreens();
        await using var app = builder.Build();
        await using var scope = app.Services.CreateAsyncScope();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            Request = { Scheme = "http", Host = new HostString("localhost"), Path = "/" },
            Response = { Body = body },
        };

        await result.ExecuteAsync(http);

        return (http.Response.StatusCode, http.Response.ContentType, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }
}
