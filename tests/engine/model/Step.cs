using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Model;

/// <summary>One thing that happens to the engine.</summary>
internal abstract record Step
{
    private Step()
    {
    }

    /// <summary>An attempt under a limit that may be another one each time.</summary>
    public sealed record Reserve(int Request, int Cents, int LimitCents) : Step;

    /// <summary>A line, perhaps told before, perhaps out of order.</summary>
    public sealed record Tell(int Request, EntryState State, int PerMille) : Step;

    public sealed record Wait(int Minutes) : Step;

    public sealed record Sweep : Step;

    public sealed record RollPeriod : Step;
}
