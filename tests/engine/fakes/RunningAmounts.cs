using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Fakes;

/// <summary>The amounts of one running total of an account item, as they stand.</summary>
internal sealed class RunningAmounts
{
    public decimal Committed { get; set; }

    public decimal Settled { get; set; }

    public decimal Estimated { get; set; }

    public decimal Moved { get; set; }

    public decimal? Granted { get; set; }

    public SortedDictionary<long, decimal> Buckets { get; } = [];

    public bool IsWhole
    {
        get
        {
            var sum = Settled + Estimated + Moved;
            foreach (var held in Buckets.Values)
            {
                sum += held;
                if (held < 0m)
                {
                    return false;
                }
            }

            return sum == Committed;
        }
    }

    public RunningTotal Snapshot() =>
        new(Committed, Settled, Estimated, new Dictionary<long, decimal>(Buckets)) { Moved = Moved, Granted = Granted };
}
