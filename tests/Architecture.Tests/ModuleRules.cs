using Mono.Cecil;

namespace ClientConnect.Architecture.Tests;

/// <summary>Who uses whom, read from the compiled code. A module is the first part of a namespace below the root.</summary>
internal sealed class ModuleRules(string root, IReadOnlyDictionary<string, string[]> mayUse, string[] free)
{
    public string? ModuleOf(TypeReference type)
    {
        var space = Il.Outermost(type).Namespace;
        return space.StartsWith(root + ".", StringComparison.Ordinal) ? space[(root.Length + 1)..].Split('.')[0] : null;
    }

    /// <summary>All that breaks the table, one sentence each.</summary>
    public IReadOnlyCollection<string> Broken(ModuleDefinition assembly)
    {
        var broken = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in assembly.GetTypes())
        {
            if (ModuleOf(type) is not { } home)
            {
                continue;
            }

            if (!mayUse.ContainsKey(home))
            {
                broken.Add($"{home} has no row in the table of modules (House.MayUse): add one, and say in its README what it owns.");
                continue;
            }

            foreach (var used in Il.Uses(type))
            {
                if (Fault(type, home, used) is { } fault)
                {
                    broken.Add(fault);
                }
            }
        }

        return broken;
    }

    /// <summary>A way round the table that comes back to where it began; null where there is none.</summary>
    public string? Cycle()
    {
        foreach (var start in mayUse.Keys)
        {
            var reached = new HashSet<string>(mayUse[start]);
            while (reached.SelectMany(m => mayUse.GetValueOrDefault(m) ?? []).Except(reached).ToList() is { Count: > 0 } more)
            {
                reached.UnionWith(more);
            }

            if (reached.Contains(start))
            {
                return $"{start} reaches itself. Let one of the two be told by an effect or an event instead of asking.";
            }
        }

        return null;
    }

    private string? Fault(TypeDefinition type, string home, TypeReference used)
    {
        if (ModuleOf(used) is not { } target || target == home)
        {
            return null;
        }

        var who = Il.Outermost(type).FullName;
        var allowed = free.Contains(target) ? target != "Database" || !House.WithoutDatabase.Contains(home) : mayUse[home].Contains(target);
        if (!allowed)
        {
            return $"{who} uses {used.FullName}, but {home} may not use {target}. Return an effect, pass what is needed as a parameter, or change the table.";
        }

        return used.Resolve() is { } definition && !Il.IsPublic(definition)
            ? $"{who} reaches into {used.FullName}, which is private to {target}. Use what {target} offers in public."
            : null;
    }
}
