namespace ClientConnect.Architecture.Tests.Planted.Access;

/// <summary>Planted: what the neighbour may use.</summary>
public sealed class Door
{
    public static string Name => "door";
}

internal sealed class Cellar
{
    public string Key { get; } = "under the mat";
}
