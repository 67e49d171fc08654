using ClientConnect.Workflows.Files;

namespace ClientConnect.Workflows.Tests.Files;

public sealed class ClamdScannerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_real_scanner_finds_the_test_virus_and_nothing_in_a_clean_file()
    {
        Assert.SkipUnless(RealClamd.IsInstalled, "clamav-daemon is not installed; ./dev test installs it.");
        await using var clamd = await RealClamd.StartAsync(Ct);
        var scanner = ClamdScanner.At(clamd.Socket)!;

        Assert.IsType<ScanVerdict.Clean>(await scanner.ScanAsync(Samples.Noise(300_000), Ct));
        Assert.Contains("Eicar", Assert.IsType<ScanVerdict.Infected>(await scanner.ScanAsync(Samples.Eicar, Ct)).Signature, StringComparison.Ordinal);
        Assert.IsType<ScanVerdict.Infected>(await scanner.ScanAsync(Samples.Zip(("inside.csv", Samples.Eicar)), Ct));
    }

    [Fact]
    public async Task Every_byte_reaches_the_scanner()
    {
        byte[]? seen = null;
        await using var clamd = new FakeClamd { Answer = content => { seen = content; return "stream: OK"; } };
        var sent = Samples.Noise(200_000);

        Assert.IsType<ScanVerdict.Clean>(await ClamdScanner.At(clamd.Address)!.ScanAsync(sent, Ct));
        Assert.Equal(sent, seen);
    }

    [Theory]
    [InlineData("INSTREAM size limit exceeded. ERROR")]
    [InlineData("stream: Can't allocate memory ERROR")]
    [InlineData("stream: OK, or so it seems")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Anything_but_a_plain_OK_is_not_clean(string? answer)
    {
        await using var clamd = new FakeClamd { Answer = _ => answer };

        Assert.IsType<ScanVerdict.NotAnswering>(await ClamdScanner.At(clamd.Address, TimeSpan.FromMilliseconds(300))!.ScanAsync(Samples.Pdf, Ct));
    }

    [Theory]
    [InlineData("127.0.0.1:1")]
    [InlineData("/nowhere/clamd.sock")]
    public async Task Nobody_listening_leaves_the_file_waiting(string address)
    {
        Assert.IsType<ScanVerdict.NotAnswering>(await ClamdScanner.At(address)!.ScanAsync(Samples.Pdf, Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("localhost:0")]
    [InlineData("localhost:clamd")]
    [InlineData(":3310")]
    public void A_setting_that_names_no_address_is_told(string setting)
    {
        Assert.Null(ClamdScanner.At(setting));
    }
}
