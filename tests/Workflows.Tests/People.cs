using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Tests;

/// <summary>Viewers for tests of modules that know no accounts.</summary>
internal static class People
{
    public static readonly FirmId Harbour = new(new Guid("00000000-0000-0000-0000-000000009001"));
    public static readonly FirmId Peak = new(new Guid("00000000-0000-0000-0000-000000009002"));
    public static readonly FirmId ClearingHouse = new(new Guid("00000000-0000-0000-0000-00000000c0de"));

    public static Viewer Maker { get; } = Person("Chan Tai Man", "maker@b09001.example", Harbour);

    public static Viewer Competitor { get; } = Person("Wong Siu Ling", "maker@b09002.example", Peak);

    public static Viewer Administrator { get; } = Person("Ada Ng", "administrator@clearing.example", ClearingHouse, Role.Administrator);

    public static Viewer Reviewer { get; } = Person("Ray Lau", "reviewer@clearing.example", ClearingHouse, Role.Reviewer);

    private static Viewer Person(string name, string email, FirmId firm, params Role[] roles) =>
        new(UserId.New(), name, email, firm, firm == ClearingHouse ? "Clearing House" : "Firm", firm == ClearingHouse, [], 1, "en", [], [], roles, []);
}
