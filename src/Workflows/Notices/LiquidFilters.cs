using DotLiquid;

namespace ClientConnect.Workflows.Notices;

/// <summary>
/// What mails can say of times: <c>{{ deadline.at | moment }}</c> and <c>{{ deadline.at | day }}</c>. The library finds these
/// by their names.
/// </summary>
internal static class LiquidFilters
{
    internal const string Language = "language";

    public static string? Moment(Context context, string? input) => MailDates.Moment(input, LanguageOf(context));

    public static string? Day(Context context, string? input) => MailDates.Day(input, LanguageOf(context));

    private static string LanguageOf(Context context) => context.Registers[Language] as string ?? "en";
}
