using System.Diagnostics;
using System.Text;
using ClientConnect.Testing.Database;

namespace ClientConnect.Testing.Portal;

/// <summary>The real host as a child process on a free port: what a browser sees, and what can be killed and started again.</summary>
public sealed class PortalProcess : PortalUnderTest
{
    private readonly Dictionary<string, string> settings;
    private readonly StringBuilder log = new();
    private Process? process;

    private PortalProcess(Dictionary<string, string> settings, Uri address)
    {
        this.settings = settings;
        Address = address;
    }

    public override Uri Address { get; }

    /// <summary>The host's process, for what it has used so far.</summary>
    public Process Process => process ?? throw new InvalidOperationException("The host has not been started.");

    /// <summary>What the host has printed so far; goes into the message of whatever fails.</summary>
    public string Log
    {
        get
        {
            lock (log)
            {
                return log.ToString();
            }
        }
    }

    /// <param name="database">The database that it runs on; several hosts may share one.</param>
    /// <param name="overrides">Settings as environment variables (<c>Mail__Port</c>), the last word.</param>
    public static async Task<PortalProcess> StartAsync(TestDatabase database, IReadOnlyDictionary<string, string>? overrides = null)
    {
        var portal = Of(database.ConnectionString, database.OwnerConnectionString, overrides);
        await portal.StartAsync();
        return portal;
    }

    /// <summary>A host that is not started yet.</summary>
    public static PortalProcess Of(string application, string owner, IReadOnlyDictionary<string, string>? overrides = null)
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__ClientConnect"] = application,
            ["ConnectionStrings__Owner"] = owner,
        };
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        settings["ASPNETCORE_URLS"] = address.ToString();
        foreach (var (name, value) in overrides ?? new Dictionary<string, string>())
        {
            settings[name] = value;
        }

        return new PortalProcess(settings, address);
    }

    /// <summary>Starts it (again, after <see cref="Kill"/>) on the same address and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        Begin();
        await UntilReadyAsync();
    }

    /// <summary>Bytes of it that are in memory now.</summary>
    public long Memory
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    public bool IsAlive => process is { HasExited: false };

    public Task UntilReadyAsync() => Readiness.WaitAsync(Address, () => IsAlive ? null : $"The host ended with {process?.ExitCode}:\n{Log}", () => Log);

    /// <summary>Starts it and does not wait for anything.</summary>
    public void Begin()
    {
        process = HostProcess.Start([], settings);
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>As the power does it: no goodbye.</summary>
    public void Kill()
    {
        process?.Kill(entireProcessTree: true);
        process?.WaitForExit();
    }

    public override ValueTask DisposeAsync()
    {
        Kill();
        process?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (log)
        {
            log.AppendLine(line.Data);
        }
    }
}
