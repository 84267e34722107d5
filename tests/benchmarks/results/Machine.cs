using System.Globalization;
using System.Runtime.InteropServices;

namespace AiGateway.Benchmarks.Results;

/// <summary>What figures were measured on, and when: without it they say nothing.</summary>
internal sealed record Machine(string Processor, int Cores, string OperatingSystem, string Runtime, string Date)
{
    public static Machine Here() => new(
        ProcessorName(),
        Environment.ProcessorCount,
        $"{RuntimeInformation.OSDescription.Split('#')[0].Trim()} {RuntimeInformation.OSArchitecture}",
        RuntimeInformation.FrameworkDescription,
        DateTimeOffset.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));

    public string Text => $"{Processor}, {Cores} cores, {OperatingSystem}, {Runtime}, {Date}";

    private static string ProcessorName()
    {
        const string File = "/proc/cpuinfo";
        const string Field = "model name";
        var line = System.IO.File.Exists(File)
            ? System.IO.File.ReadLines(File).FirstOrDefault(text => text.StartsWith(Field, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
