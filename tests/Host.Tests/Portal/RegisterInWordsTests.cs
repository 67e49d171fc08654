using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Tests.Testing;
using ClientConnect.Testing;
using ClientConnect.Testing.Portal;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Tests.Portal;

/// <summary>The register speaks as the eServices do: codes by their words, keys by their names, numbers below one another, days with their year.</summary>
public sealed partial class RegisterInWordsTests(PortalWithMail market) : IClassFixture<PortalWithMail>
{
    private const string Head = "membership,key,stockCode,market,tradeDate,settlementDate,quantity\n";

    [Theory]
    [InlineData("smartcard", "Card number", "Administrators who make", "DA_MAKER")]
    [InlineData("dcass-account", "Account", "Individual client: options broker", "OBEP_INDIVIDUAL_CLIENT")]
    [InlineData("collateral-account", "Account", "Market maker", "MARKET_MAKER")]
    public async Task Lists_and_entries_say_words_for_codes_and_what_the_key_is(string kind, string key, string words, string code)
    {
        var supervisor = await market.As(Cast.Supervisor);

        var list = Text(await supervisor.GetAsync("/register/" + kind));

        Assert.Contains($">{key}</span></th>", list, StringComparison.Ordinal);
        Assert.Contains(words, list, StringComparison.Ordinal);
        Assert.DoesNotContain(">" + code + "<", list, StringComparison.Ordinal);
        foreach (var href in Entry().Matches(list).Select(m => m.Groups[1].Value).Distinct().Take(8))
        {
            var entry = Text(await supervisor.GetAsync(href));
            Assert.Contains($"<dt>{key}</dt>", entry, StringComparison.Ordinal);
            Assert.DoesNotContain(code, entry, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Numbers_stand_at_the_right_and_every_moment_has_its_date()
    {
        var list = (await (await market.As(Cast.Maker)).GetAsync("/register/short-position")).Body;

        Assert.Matches("<td data-label=\"Quantity\" class=\"num\">", list);
        Assert.DoesNotMatch(@"<time [^>]*>\d\d:\d\d</time>", list);
    }

    [Fact]
    public void Todays_moment_has_its_date_where_one_is_asked_for_and_another_years_its_year_in_all_languages()
    {
        var now = HongKong.At(new DateOnly(2026, 11, 29), new TimeOnly(12, 0));
        var (today, before) = (HongKong.At(new DateOnly(2026, 11, 29), default), HongKong.At(new DateOnly(2025, 2, 3), default));

        Assert.Equal(("00:00", "Sun 29 Nov 00:00", "11月29日 00:00"), (HongKongWords.Short(today, now, "en"), HongKongWords.Short(today, now, "en", dated: true), HongKongWords.Short(today, now, "zh-Hant", dated: true)));
        Assert.Equal(("3 Feb 2025 00:00", "2025年2月3日 00:00"), (HongKongWords.Short(before, now, "en"), HongKongWords.Short(before, now, "zh-Hans")));
    }

    /// <summary>Words are for values that the kind has, and all kinds say what their key is.</summary>
    [Fact]
    public void Every_kind_names_its_key_and_has_words_only_for_its_own_values()
    {
        var own = Directory.EnumerateFiles(Repository.Workflows, "service.json", SearchOption.AllDirectories).Select(f => JsonNode.Parse(File.ReadAllText(f))!["kinds"]);
        var kinds = own.Append(JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Workflows, "_shared", "register.json")))).OfType<JsonObject>().SelectMany(k => k).Where(k => k.Value is JsonObject).ToList();

        Assert.Empty(kinds.Where(k => k.Value!["key"] is null).Select(k => k.Key));
        Assert.Empty(kinds.SelectMany(k => (k.Value!["words"] as JsonObject ?? []).Select(w => w.Key).Where(name => k.Value["values"]![name] is null).Select(name => $"{k.Key}.{name}")));
        Assert.True(kinds.Count > 20);
    }

    [Fact]
    public async Task A_file_that_ends_what_it_does_not_bring_says_so_beside_the_button()
    {
        var supervisor = await market.As(Cast.Supervisor);

        var form = Text(await supervisor.GetAsync("/register/imports/new"));
        Assert.Matches("entries that it does not bring end[.] [^<]*Overdue short position[^<]*</p>\\s*<div class=\"cc-bar\">", form);

        var preview = Text(await supervisor.GetAsync((await supervisor.OffersImport("short-position", Head + "hkscc-b09001,P1,99001,HK,2026-11-16,2026-11-18,5\n")).Location!.ToString()));
        Assert.Matches(@"\d+ entries that the file does not bring end with the import[.]</p>\s*<p class=""cc-bar""><button", preview);
        Assert.Contains("Position number", preview, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_names_the_entry_and_what_stands_there_and_who_may_not_import_is_told_who_does()
    {
        var preview = Text(await (await market.As(Cast.Supervisor)).GetAsync((await (await market.As(Cast.Supervisor)).OffersImport("short-position", Head + "hkscc-b09001,P77,99001,HK,2026-11-16,2026-11-18,lots\n")).Location!.ToString()));

        Assert.Contains("data-label=\"Position number\">P77</td>", preview, StringComparison.Ordinal);
        Assert.Contains("data-label=\"What stands there\">lots</td>", preview, StringComparison.Ordinal);
        Assert.Contains("Supervisors of the clearing house import files.", (await (await market.As(Cast.Reviewer)).GetAsync("/register/imports")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Supervisors of the clearing house import files.", (await (await market.As(Cast.Supervisor)).GetAsync("/register/imports")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_picked_from_the_register_reads_as_the_list_offered_it_with_its_key()
    {
        var maker = await market.As(Cast.Maker);
        var key = (await maker.SeesEServices()).Json.AsArray().Select(e => e!.Text("key")).First(k => k.Contains("enrolment", StringComparison.Ordinal));
        var draft = (await maker.StartsDraft(key, await maker.SampleOf(key))).Accepted().Id();
        var form = PageForm.On(await maker.GetAsync($"/requests/{draft}/form"), $"/requests/{draft}/form");
        var check = Text(await maker.GetAsync($"/requests/{draft}/check"));

        Assert.Matches($@" · [^<]* 202[0-9][^<]* \({form["occasion"]}\)", check);
        Assert.DoesNotContain($">{form["occasion"]}<", check, StringComparison.Ordinal);
    }

    private static string Text(Answer page) => WebUtility.HtmlDecode(page.Body);

    [GeneratedRegex("href=\"(/register/[a-z-]+/[^\"?]+[^\"]*)\"")]
    private static partial Regex Entry();
}
