namespace ClientConnect.Workflows.EServices;

/// <summary>What service.json says of the files that the clearing house publishes.</summary>
public static class Downloaded
{
    private const string Settings = "settings.";

    /// <summary>How many days a file stays; null where the setting is missing or holds no number of days.</summary>
    public static int? KeepDays(EServiceDefinition service) =>
        service.Downloads?.KeepDays is { } name && name.StartsWith(Settings, StringComparison.Ordinal)
        && service.Settings.GetValueOrDefault(name[Settings.Length..])?.Value.Number() is >= 1 and <= 3_650 and var days && days == Math.Floor(days) ? (int)days : null;

    /// <summary>Whether the number of days was compared with its source.</summary>
    public static bool IsVerified(EServiceDefinition service) => service.Downloads?.KeepDays is { } name && service.Settings.GetValueOrDefault(name[Settings.Length..])?.Verified == true;
}
