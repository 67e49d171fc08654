using ClientConnect.Workflows.Files;

namespace ClientConnect.Workflows.Tests.Files;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("contract.pdf", "contract.pdf")]
    [InlineData(" contract 2.1.pdf ", "contract 2.1.pdf")]
    [InlineData(@"C:\Users\chan\contract.pdf", "contract.pdf")]
    [InlineData("scans/contract.pdf", "contract.pdf")]
    [InlineData("授權書.pdf", "授權書.pdf")]
    public void A_name_is_kept_without_the_path_that_some_browsers_send(string sent, string kept)
    {
        Assert.Equal(kept, FileNames.Clean(sent).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pdf")]
    [InlineData(".pdf")]
    [InlineData("../../etc/passwd.pdf")]
    [InlineData(@"..\contract.pdf")]
    [InlineData("contract\0.pdf")]
    [InlineData("contract\r\nX-Header: 1.pdf")]
    [InlineData("\u202Efdp.exe.pdf")]
    [InlineData("contract.exe.pdf")]
    [InlineData("a<script>.pdf")]
    public void A_name_that_climbs_hides_or_runs_is_refused(string sent)
    {
        Assert.Equal("file-name-is-not-accepted", FileNames.Clean(sent).Refusal.Code);
    }

    [Fact]
    public void A_name_of_three_hundred_characters_is_refused()
    {
        Assert.True(FileNames.Clean(new string('n', 296) + ".pdf").IsRefused);
        Assert.False(FileNames.Clean(new string('n', 196) + ".pdf").IsRefused);
    }
}
