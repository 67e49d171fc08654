using ClientConnect.Workflows.Kernel;
using ClientConnect.Workflows.Requests;

namespace ClientConnect.Workflows.Tests.Requests;

public sealed class RequestContentTests(DeskDatabase database) : IClassFixture<DeskDatabase>
{
    [Fact]
    public async Task What_is_hashed_is_the_canonical_text_of_what_is_shown()
    {
        var desk = await Desk.AtAsync(database);
        var request = (await desk.Sees(Desk.Approver, await desk.Reviewed()))!;

        Assert.NotEmpty(request.Register);
        Assert.NotNull(request.Proposal);
        Assert.Equal(CanonicalJson.Hash(RequestContent.Of(request)), RequestContent.HashOf(request));
    }
}
