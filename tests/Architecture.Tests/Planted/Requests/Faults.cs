using ClientConnect.Architecture.Tests.Planted.Access;
using ClientConnect.Architecture.Tests.Planted.Inbox;

namespace ClientConnect.Architecture.Tests.Planted.Requests;

/// <summary>Planted: one use that is allowed and three that are not, each where only the compiled code shows it.</summary>
public static class Faults
{
    public static string Allowed() => Door.Name;

    public static int InsideOfABody() => new Tray().ToString()!.Length;

    public static async Task<int> InALambdaOfAnAsyncMethod()
    {
        await Task.Yield();
        Func<string> reach = () => new Cellar().Key;
        return reach().Length;
    }

    public static int AsTheArgumentOfAGenericMethod() => Array.Empty<Paper>().Length;
}
