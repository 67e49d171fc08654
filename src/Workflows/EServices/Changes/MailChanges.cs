using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.EServices.Changes;

/// <summary>Mails added, removed and reworded.</summary>
internal static class MailChanges
{
    public static IEnumerable<ReleaseChange> Between(EServiceBundle before, EServiceBundle after)
    {
        foreach (var (name, was, now) in Saying.Paired(before.Mails, after.Mails))
        {
            if (was is null || now is null)
            {
                yield return new(ChangeWeight.Mail, File(now is null ? before : after, name, "en"), name, $"The mail '{name}' was {(now is null ? "removed" : "added")}.");
                continue;
            }

            foreach (var language in LocalText.Languages.Where(l => was.GetValueOrDefault(l) != now.GetValueOrDefault(l)))
            {
                yield return new(ChangeWeight.Mail, File(after, name, language), name, Reworded(name, language, was.GetValueOrDefault(language, ""), now.GetValueOrDefault(language, "")));
            }
        }

        if (before.Layout != after.Layout)
        {
            yield return new(ChangeWeight.Mail, "_shared/mail/layout.liquid", "", "The frame around all mails was changed.");
        }
    }

    private static string Reworded(string name, string language, string was, string now)
    {
        var (old, young) = (was.Split('\n'), now.Split('\n'));
        var (gained, lost) = (Beyond(young, old), Beyond(old, young));
        var subject = language == "en" && old[0] != young[0] ? $"; its subject is now '{young[0]["Subject:".Length..].Trim()}'" : "";
        var lines = gained + lost == 0 ? "its lines stand in another order" : string.Join(", ", new[] { Lines(gained, "new"), Lines(lost, "gone") }.Where(l => l.Length > 0));
        return $"The mail '{name}' was reworded in {In(language)}: {lines}{subject}.";
    }

    private static string Lines(int count, string what) => count == 0 ? "" : $"{count} {(count == 1 ? "line" : "lines")} {what}";

    /// <summary>Lines of the one that the other has not, as often as they stand there.</summary>
    private static int Beyond(string[] lines, string[] others)
    {
        var left = others.CountBy(l => l).ToDictionary();
        return lines.Count(l => !(left.GetValueOrDefault(l) > 0 && left[l]-- > 0));
    }

    private static string In(string language) => language switch { "en" => "English", "zh-Hant" => "traditional Chinese", _ => "simplified Chinese" };

    private static string File(EServiceBundle bundle, string name, string language) =>
        bundle.File($"mail/{name}.{language}.liquid") is not null ? $"mail/{name}.{language}.liquid" : $"_shared/mail/{name}.{language}.liquid";
}
