using System.Globalization;

namespace AiGateway.Benchmarks;

/// <summary>What <c>./dev bench</c> was asked for.</summary>
/// <param name="Parts">Empty: all of them.</param>
/// <param name="IsQuick">Seconds instead of minutes: good for seeing that it works, not for figures.</param>
/// <param name="Writes">Whether the reference and the tables in the documentation are rewritten.</param>
/// <param name="LoadSeconds">How long each load lasts.</param>
internal sealed record BenchOptions(IReadOnlyList<string> Parts, bool IsQuick, bool Writes, int LoadSeconds)
{
    private const int LoadSecondsDefault = 60;
    private const int LoadSecondsQuick = 3;

    /// <summary>Null, with what is wrong told, where the arguments are not understood.</summary>
    public static BenchOptions? Read(string[] args, IReadOnlyList<string> known, TextWriter errors)
    {
        var (parts, quick, writes, seconds) = (new List<string>(), false, false, (int?)null);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--quick": quick = true; break;
                case "--write": writes = true; break;
                case "--load-seconds" when i + 1 < args.Length && TrySeconds(args[i + 1], out var given):
                    (seconds, i) = (given, i + 1);
                    break;
                case var part when known.Contains(part): parts.Add(part); break;
                default:
                    errors.WriteLine($"'{args[i]}' is not understood. Parts: {string.Join(", ", known)}. See ./dev bench --help");
                    return null;
            }
        }

        return new BenchOptions(parts, quick, writes, seconds ?? (quick ? LoadSecondsQuick : LoadSecondsDefault));
    }

    private static bool TrySeconds(string text, out int seconds) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds is >= 1 and <= 600;
}
