using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AiGateway.Local.DynamoDb;

/// <summary>
/// The Java process. It must not outlive this one, even when this one is killed: a shell stands between, and ends Java when its standard
/// input closes, which the kernel does for whoever holds the other end.
/// </summary>
internal sealed class JavaProcess : IAsyncDisposable
{
    private const int OutputLengthMax = 20_000;

    internal const string Watchdog = """
        command -v java >/dev/null 2>&1 || exit 127
        exec 3<&0
        "$@" </dev/null 3<&- &
        java=$!
        ( read -r _ <&3; kill -9 "$java" ) >/dev/null 2>&1 &
        watcher=$!
        trap 'kill -9 "$java" "$watcher"' TERM INT
        wait "$java"
        code=$?
        kill "$watcher" 2>/dev/null
        exit "$code"
        """;

    private const string JavaInstallCommand = "apt-get install -y openjdk-17-jre-headless";

    private readonly Process process;
    private readonly StringBuilder output = new();

    private JavaProcess(Process process) => this.process = process;

    public bool HasExited => process.HasExited;

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public static JavaProcess Start(DynamoDbLocalPackage package, int port)
    {
        EnsureJava();
        var started = new JavaProcess(new Process { StartInfo = StartInfo(package, port) });
        started.process.OutputDataReceived += started.Keep;
        started.process.ErrorDataReceived += started.Keep;
        started.process.Start();
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += started.End;
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= End;
        End(this, EventArgs.Empty);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static void EnsureJava()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "java"))))
        {
            throw new DynamoDbLocalMissingException("Java 17 or later is not installed.", JavaInstallCommand);
        }
    }

    private static ProcessStartInfo StartInfo(DynamoDbLocalPackage package, int port)
    {
        string[] arguments =
        [
            "-c", Watchdog, "dynamodb-local",
            "java", "-Xms64m", "-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            $"-Djava.library.path={package.LibraryFolder}", "-jar", package.JarFile,
            "-inMemory", "-sharedDb", "-disableTelemetry", "-port", port.ToString(CultureInfo.InvariantCulture),
        ];
        return new ProcessStartInfo("/bin/sh", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(package.JarFile)!,
        };
    }

    private void End(object? sender, EventArgs arguments)
    {
        try
        {
            process.StandardInput.Close();
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or Win32Exception)
        {
            // It has ended already: that is what is wanted.
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output)
        {
            if (output.Length < OutputLengthMax)
            {
                output.AppendLine(line.Data);
            }
        }
    }
}
