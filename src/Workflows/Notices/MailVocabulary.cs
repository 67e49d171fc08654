using System.Text.Json.Nodes;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// All that a mail may speak of: which request, release or calendar, where it is, by when, and a link. No answer of a form is among it, so none can
/// leave by mail: what is not listed here is dropped before rendering, whatever the row holds. The sample is what the mail
/// editor previews with and what templates are checked against.
/// </summary>
public static class MailVocabulary
{
    private const string SampleJson = """
        {
          "request":   { "number": "SET1-20261123-00017", "eService": { "en": "Exemption of buy-in", "zh-Hant": "豁免補購", "zh-Hans": "豁免补购" },
                         "status": { "en": "Returned by HKEX", "zh-Hant": "由香港交易所退回", "zh-Hans": "由香港交易所退回" },
                         "statusCode": "returnedByHkex", "url": "https://portal.example/requests/7d0c" },
          "firm":      { "name": "Harbour Securities Limited", "participantId": "B09001" },
          "recipient": { "name": "Chan Tai Man" },
          "deadline":  { "name": { "en": "Cut-off", "zh-Hant": "截止時間", "zh-Hans": "截止时间" }, "at": "2026-11-26T10:00:00Z", "lateAt": "2026-11-27T01:00:00Z", "from": "2026-11-25T10:00:00Z" },
          "decision":  { "port": "return", "outcome": { "en": "Returned", "zh-Hant": "退回", "zh-Hans": "退回" }, "reason": { "en": "A document is missing", "zh-Hant": "欠缺文件", "zh-Hans": "欠缺文件" } },
          "lines":     { "asked": 5, "approved": 3, "granted": [1, 3, 5], "inPart": 1, "rejected": 1, "returned": 1, "standing": 0, "waiting": 0,
                         "back": [{ "number": 2, "reason": { "en": "Evidence is missing", "zh-Hant": "欠缺證明文件", "zh-Hans": "欠缺证明文件" } }],
                         "rejections": [{ "number": 4, "reason": { "en": "Details differ from our records", "zh-Hant": "資料與本所紀錄不符", "zh-Hans": "资料与本所记录不符" } }] },
          "step":      { "title": { "en": "Review", "zh-Hant": "審核", "zh-Hans": "审核" } },
          "link":      { "url": "https://portal.example/invitation/9f1e", "until": "2026-11-27T01:00:00Z" },
          "activity":  { "name": { "en": "Briefing", "zh-Hant": "簡介會", "zh-Hans": "简介会" }, "at": "2026-12-01T02:00:00Z", "place": "Exchange Square" },
          "release":   { "id": "Set 1", "eService": { "en": "Exemption of buy-in", "zh-Hant": "豁免補購", "zh-Hans": "豁免补购" }, "by": "Ng Ka Yan", "words": "A second approval above 10 million",
                         "from": "2026-12-01T01:00:00Z", "url": "https://portal.example/designer/proposals/7d0c" },
          "file":      { "name": "statement.pdf", "type": { "en": "Participant report", "zh-Hant": "參與者報告", "zh-Hans": "参与者报告" }, "until": "2027-02-21T01:00:00Z",
                         "url": "https://portal.example/downloads" },
          "calendar":  { "market": "HongKong", "name": "hong-kong-2027.csv", "by": "Yuen Chi Keung", "url": "https://portal.example/register/imports/7d0c" },
          "portal":    { "url": "https://portal.example" }
        }
        """;

    private static readonly (string Group, string[] Names)[] Names =
        [.. JsonNode.Parse(SampleJson)!.AsObject().Select(g => (g.Key, g.Value!.AsObject().Select(n => n.Key).ToArray()))];

    /// <summary>Every name with a value that shows what it is like.</summary>
    public static JsonObject Sample => JsonNode.Parse(SampleJson)!.AsObject();

    /// <summary>The model without what mails may not say.</summary>
    internal static JsonObject Only(JsonObject model)
    {
        var allowed = new JsonObject();
        foreach (var (group, names) in Names)
        {
            if (model[group] is JsonObject held)
            {
                allowed[group] = new JsonObject(names.Where(held.ContainsKey).Select(n => KeyValuePair.Create(n, held[n]?.DeepClone())));
            }
        }

        return allowed;
    }
}
