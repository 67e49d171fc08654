namespace ClientConnect.Testing.Portal;

/// <summary>Waits until a portal says that it is ready; says why where it never does.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <param name="ended">A sentence where there is nothing left to wait for, else null.</param>
    public static async Task WaitAsync(Uri address, Func<string?> ended, Func<string> log)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Limit)
        {
            if (ended() is { } why)
            {
                throw new InvalidOperationException(why);
            }

            if (await IsReadyAsync(client))
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"The portal at {address} was not ready within {Limit.TotalSeconds} seconds:\n{log()}");
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
