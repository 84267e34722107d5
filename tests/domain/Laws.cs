using FsCheck;
using Microsoft.FSharp.Core;

namespace AiGateway.Tests;

/// <summary>How often a law is tried: with other cases each time, except for <c>./dev mutants</c>.</summary>
internal static class Laws
{
    // A mutant must not survive one night and die the next by chance; and its tests start a hundred times an hour.
    private const int CasesOfMutants = 100;

    /// <summary>The code under test is mutated: once for each of hundreds of mutants.</summary>
    public static bool AreMutants { get; } = Environment.GetEnvironmentVariable("AIGATEWAY_MUTANTS") == "1";

    /// <summary>A law that fails throws, with the seed that replays it.</summary>
    public static Config Cases(int count) => AreMutants
        ? Config.QuickThrowOnFailure
            .WithMaxTest(Math.Min(count, CasesOfMutants))
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(1, 1), FSharpOption<int>.None)))
        : Config.QuickThrowOnFailure.WithMaxTest(count);
}
