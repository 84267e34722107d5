using System.Buffers.Binary;
using System.Diagnostics;

namespace AiGateway.Local.Mutants;

/// <summary>
/// Runs all tests on one mutant in a process of its own. Stryker's runner for xunit.v3 keeps a process for many mutants, so
/// that one in a static initializer comes too late and survives (stryker-net pull request 3695).
/// </summary>
internal static class FreshProcess
{
    /// <summary>No mutant of the library has this number.</summary>
    public const int NoMutant = -1;

    /// <summary>Names the file whose four bytes are the number of the mutant that is switched on.</summary>
    private const string MutantFile = "STRYKER_MUTANT_FILE";

    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(5);

    /// <param name="tests">The test program, beside the mutated library.</param>
    /// <param name="mutant">The mutant's number in that library.</param>
    /// <returns>True: a test failed, or they did not end in time.</returns>
    public static async Task<bool> IsKilledAsync(string tests, int mutant, CancellationToken stop)
    {
        var file = Path.GetTempFileName();
        try
        {
            var number = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(number, mutant);
            await File.WriteAllBytesAsync(file, number, stop);
            return await FailsAsync(tests, file, stop);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<bool> FailsAsync(string tests, string mutantFile, CancellationToken stop)
    {
        var start = new ProcessStartInfo("dotnet", [tests, "-noColor", "-noLogo", "-stopOnFail"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment[MutantFile] = mutantFile;
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeMax);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            await Task.WhenAll(output, errors);
            return process.ExitCode != 0;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return true;
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
