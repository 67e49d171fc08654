using System.Globalization;
using System.Text.Json.Nodes;
using ClientConnect.Workflows.Calendar;
using ClientConnect.Workflows.EServices;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.EServices.Tests;

/// <summary>The form of Set 1 in the hands of one participant, with a small register.</summary>
internal sealed class ExemptionForm
{
    public const string Key = "set-1-buy-in-exemption";

    public static readonly HeldMembership B09001 = new(new MembershipId("hkscc-b09001"), ClearingHouse.Hkscc, "B09001", "clearing-participant", IsChinaConnect: false);
    public static readonly HeldMembership ChinaConnect = B09001 with { IsChinaConnect = true };
    public static readonly AttachmentId File = new(new Guid("0198a000-0000-7000-8000-000000000001"));

    private readonly HeldEntry[] entries;

    private ExemptionForm(EServiceBundle bundle, FormContext context, HeldEntry[] entries) => (Bundle, Context, this.entries) = (bundle, context, entries);

    private static HeldEntry[] EntriesOn(DateOnly settlementDay) =>
    [
        Position("P00000001", "hkscc-b09001", "00700", 1_500, settlementDay),
        Position("P00000002", "hkscc-b09001", "00005", 4_000, settlementDay),
        Position("P00000003", "hkscc-b09001", "00700", 200, settlementDay),
        Position("P00000004", "hkscc-b09001", "00005", 300, settlementDay.AddDays(-7)),
        Position("P00000009", "hkscc-b09002", "00700", 900, settlementDay),
        Security("00700", "HK", 318.4m),
        Security("00005", "HK", 98.05m),
        Security("90519", "CC_SH", 1_420.01m),
        Security("00099", "HK", 1m, eligible: false),
    ];

    public EServiceBundle Bundle { get; }

    public FormContext Context { get; }

    public static async Task<ExemptionForm> AtAsync(string moment, HeldMembership? membership = null, JsonObject? sent = null)
    {
        var (bundle, calendar) = (await Folders.BundleAsync(Key), await Folders.Calendar);
        var now = Moment(moment);
        var entries = EntriesOn(calendar.OnOrBefore(HongKong.DateIn(now), DayKind.Settlement).Value);
        return new(bundle, new FormContext(
            now, calendar, membership ?? B09001, "Harbour Securities Limited",
            (kind, key) => Array.Find(entries, e => e.Kind == kind && e.Key == key), bundle.Service.SettingValues(), new Dictionary<AttachmentId, AttachedFile> { [File] = new("evidence.pdf", 1, new string('0', 64)) },
            new FormPerson("Chan Tai Man", "maker@b09001.example"), sent), entries);
    }

    public static DateTimeOffset Moment(string text) => HongKong.At(
        DateOnly.ParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture), TimeOnly.ParseExact(text[11..], "HH:mm", CultureInfo.InvariantCulture));

    public IEnumerable<HeldEntry> Free => entries.Where(e => e.Membership == Context.Membership.Id);

    public JsonObject Sample => SampleAnswers.For(Bundle, Context, Free)!;

    public FormEvaluation Evaluate(JsonObject answers) => FormEvaluator.Evaluate(Bundle.Form, answers, Context);

    /// <summary>The sample with one answer changed: <c>contactEmail</c>, or <c>lines[0].exemptQty</c>.</summary>
    public JsonObject With(string path, JsonNode? value)
    {
        var answers = Sample;
        if (path.StartsWith("lines[", StringComparison.Ordinal))
        {
            answers["lines"]![path[6] - '0']![path[9..]] = value;
        }
        else
        {
            answers[path] = value;
        }

        return answers;
    }

    /// <summary>What is said after that change, as "path code".</summary>
    public IReadOnlyList<string> FaultsWith(string path, JsonNode? value) => [.. Evaluate(With(path, value)).Faults.Select(f => $"{f.Path} {f.Code}")];

    private static HeldEntry Position(string key, string membership, string stock, int quantity, DateOnly settlementDay) => new("short-position", key, new MembershipId(membership), new JsonObject
    {
        ["positionNo"] = key,
        ["stockCode"] = stock,
        ["market"] = "HK",
        ["settlementDate"] = settlementDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["quantity"] = quantity,
        ["tradeDate"] = "2026-11-19",
    });

    private static HeldEntry Security(string code, string market, decimal price, bool eligible = true) => new("security", code, null, new JsonObject
    {
        ["name"] = new JsonObject { ["en"] = $"Stock {code}", ["zh-Hant"] = $"股份 {code}", ["zh-Hans"] = $"股份 {code}" },
        ["currency"] = "HKD",
        ["boardLot"] = 100,
        ["closingPrice"] = price,
        ["market"] = market,
        ["eligible"] = eligible,
        ["status"] = "trading",
    });
}
