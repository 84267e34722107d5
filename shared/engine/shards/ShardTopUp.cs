using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>
/// Fills a shard before it runs dry, so that hardly a request waits for a move. No hold hangs on it: whoever sends it
/// need not wait for the answer. Pure.
/// </summary>
internal static class ShardTopUp
{
    /// <summary>With so many holds left a shard is low: what it spends while a move is under way, twice.</summary>
    internal const int LowHolds = 24;

    /// <summary>Of those who see that it is low one in so many fills it.</summary>
    internal const int OneOf = 6;

    /// <summary>The move, on condition that the shard is low still; null where there is no need, or too little left.
    /// </summary>
    /// <param name="plan">Whose holds tell what is much.</param>
    /// <param name="item">The shard as it stands after a hold.</param>
    /// <param name="seen">The items, as they were last seen; null: never.</param>
    public static IReadOnlyList<ShardWrite>? Of(
        ReservePlan plan, AccountTotals item, Func<AccountKey, AccountTotals?> seen)
    {
        var bank = item.Account.Whole();
        var shares = ReserveWrites.LowestOn(plan, item.Account)
            .Select(limit => ShareOf(plan, item, limit, seen(bank)))
            .OfType<Share>()
            .ToList();
        return item.Account.Shard == 0 || shares.Count == 0 ? null :
        [
            new ShardWrite(
                new ReserveWrite(bank, 0, [], [.. shares.Select(share => share.BankBefore)], [])
                {
                    GrantedAtLeast = [.. shares.Select(share => share.Grant)],
                },
                [.. shares.Select(share => new TotalAmount(share.Total, share.Amount))],
                [.. shares.Select(share => share.Grant)]),
            new ShardWrite(
                new ReserveWrite(item.Account, 0, [], [], []),
                [.. shares.Select(share => new TotalAmount(share.Total, -share.Amount))],
                [.. shares.Select(share => share.Grant)])
            {
                AtLeast = [.. shares.Select(share => new TotalAmount(share.Total, -share.Low))],
            },
        ];
    }

    private static Share? ShareOf(ReservePlan plan, AccountTotals item, AccountLimit limit, AccountTotals? bank)
    {
        var low = LowHolds * LimitCheck.NeededBy(plan.Attempt, limit);
        if (bank?[limit.Total].Granted is null || low == 0m || ShardShare.RoomOf(item.Account.Shard, limit.Amount, item[limit.Total]) > low)
        {
            return null;
        }

        var reach = ShardShare.ReachOf(limit.Amount, bank[limit.Total]);
        var share = ShardShare.RefillOf(
            ShardShare.RoomOf(0, reach, bank[limit.Total]), plan.Shards[item.Account.Scope], limit.Total.Dimension);
        return share >= low ? new Share(limit.Total, reach, share, low) : null;
    }

    private sealed record Share(Total Total, decimal Limit, decimal Amount, decimal Low)
    {
        public TotalAmount BankBefore => new(Total, Limit - Amount);

        public TotalAmount Grant => new(Total, Limit);
    }
}
