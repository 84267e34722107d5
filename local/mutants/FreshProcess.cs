using System.Buffers.Binary;
using System.Diagnostics;

namespace AiGateway.Local.Mutants;

/// <summary>
/// Runs all tests on one mutant in processes of its own: the quick ones, and where these pass the long ones. Stryker's runner
/// for xunit.v3 keeps a process for many mutants, so that one in a static initializer comes too late and survives (stryker-net
/// pull request 3695), and one that never ends leaves it without an answer for those that follow.
/// </summary>
internal sealed class FreshProcess
{
    /// <summary>No mutant of the library has this number.</summary>
    public const int NoMutant = -1;

    /// <summary>Names the file whose four bytes are the number of the mutant that is switched on.</summary>
    private const string MutantFile = "STRYKER_MUTANT_FILE";

    /// <summary>A mutant may take memory without end.</summary>
    private const string HeapMax = "0x60000000";

    private static readonly string[][] Passes = [["-trait-", "Takes=long"], ["-trait", "Takes=long"]];

    private static readonly TimeSpan FirstMax = TimeSpan.FromMinutes(5);

    // As long as each pass takes without a mutant, several times over: the machine may be busy with other things.
    private const int TimesAsLong = 4;
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(10);
    private readonly TimeSpan[] limits = [.. Passes.Select(_ => FirstMax)];

    /// <summary>The first run, without a mutant, sets how long the others may take.</summary>
    /// <param name="tests">The test program, beside the mutated library.</param>
    /// <param name="mutant">The mutant's number in that library.</param>
    /// <returns>Killed: a test failed; survived: all passed; timed out: they did not end.</returns>
    public async Task<MutantFate> TryAsync(string tests, int mutant, CancellationToken stop)
    {
        var file = Path.GetTempFileName();
        try
        {
            var number = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(number, mutant);
            await File.WriteAllBytesAsync(file, number, stop);
            for (var pass = 0; pass < Passes.Length; pass++)
            {
                var started = Stopwatch.GetTimestamp();
                var max = mutant == NoMutant ? FirstMax : limits[pass];
                var fate = await RunAsync([tests, "-noColor", "-noLogo", "-stopOnFail", .. Passes[pass]], file, max, stop);
                if (mutant == NoMutant)
                {
                    limits[pass] = Spare + (TimesAsLong * Stopwatch.GetElapsedTime(started));
                }

                if (fate != MutantFate.Survived)
                {
                    return fate;
                }
            }

            return MutantFate.Survived;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<MutantFate> RunAsync(
        string[] arguments, string mutantFile, TimeSpan max, CancellationToken stop)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment[MutantFile] = mutantFile;
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapMax;
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(max);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            await Task.WhenAll(output, errors);
            return process.ExitCode == 0 ? MutantFate.Survived : MutantFate.Killed;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return MutantFate.TimedOut;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
