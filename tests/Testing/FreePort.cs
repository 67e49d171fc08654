using System.Net;
using System.Net.Sockets;

namespace ClientConnect.Testing;

/// <summary>
/// Ports for processes that must be told theirs beforehand, and keep it from one start to the next. They lie below those that the system gives to
/// outgoing connections (32768 and up on Linux): one of those may be taken again before the process has bound it.
/// </summary>
public static class FreePort
{
    private const int First = 21_000;
    private const int Count = 11_000;

    // Several test processes run on one machine: each begins elsewhere.
    private static int last = Random.Shared.Next(Count);

    /// <summary>A port of 127.0.0.1 that nobody listens on, and that this process has not been given before.</summary>
    public static int Next()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref last) % Count);
            if (IsFree(port)) return port;
        }

        throw new InvalidOperationException($"No port from {First} to {First + Count - 1} is free.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
