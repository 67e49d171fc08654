namespace ClientConnect.Workflows.EServices;

/// <summary>A bundle with the business moment from which it is in force.</summary>
/// <param name="Number">1 for the first of its eService, one more for each that follows it.</param>
public sealed record Release(int Number, DateTimeOffset From, EServiceBundle Bundle);
