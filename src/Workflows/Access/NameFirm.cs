using ClientConnect.Workflows.Database;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Workflows.Access;

/// <summary>A firm is called by another name from now on, everywhere: as part of the write that says so. What has no new name keeps the one that it had.</summary>
public static class NameFirm
{
    // Viewers remember their firm's name with their rights: the stamp makes them ask again.
    private const string Everybody = "UPDATE access.user_account SET stamp = stamp + 1 WHERE firm_id = $1";

    private const string Name = "UPDATE access.firm SET name_en = coalesce($2, name_en), name_zh_hant = coalesce($3, name_zh_hant), name_zh_hans = coalesce($4, name_zh_hans) WHERE id = $1";

    /// <param name="name">By language; null where the name stays.</param>
    public static void Add(ClickBatch batch, FirmId firm, IReadOnlyDictionary<string, string?> name)
    {
        batch.Add(Name, firm.Value, name.GetValueOrDefault("en"), name.GetValueOrDefault("zh-Hant"), name.GetValueOrDefault("zh-Hans"));
        batch.Add(Everybody, firm.Value);
    }
}
