namespace ClientConnect.Architecture.Tests;

/// <summary>A library that may have to be changed one day is known in one place.</summary>
public sealed class PackageHomeTests
{
    [Fact]
    public void A_package_is_used_in_its_home_only() => Broken.None(
        "One place knows each of these packages (House.PackageHomes). Ask that place for what you need:",
        from assembly in Sources.Shipped
        from type in assembly.GetTypes()
        let who = Il.Outermost(type).FullName
        from used in Il.Uses(type)
        from home in House.PackageHomes
        where used.FullName.StartsWith(home.Key + ".", StringComparison.Ordinal)
        where !home.Value.Any(prefix => who.StartsWith(prefix, StringComparison.Ordinal))
        select $"{who} uses {home.Key}");

    [Fact]
    public void Screens_and_pure_modules_know_no_entity_framework() => Broken.None(
        "No EF Core here. A screen calls a use case or a read; a pure module is given what it needs:",
        from assembly in Sources.Shipped
        from type in assembly.GetTypes()
        let who = Il.Outermost(type).FullName
        where House.WithoutEntityFramework.Any(prefix => who.StartsWith(prefix, StringComparison.Ordinal))
        where Il.Uses(type).Any(used => used.FullName.StartsWith("Microsoft.EntityFrameworkCore.", StringComparison.Ordinal))
        select who);
}
