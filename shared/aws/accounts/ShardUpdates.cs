using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>A hold, and what a shard gives or takes with it, as an update of its item.</summary>
internal static class ShardUpdates
{
    public static AccountUpdate Of(ShardWrite write)
    {
        var update = Of(write.Hold);
        foreach (var (total, amount) in write.Moves)
        {
            update.Touch(AccountAttribute.Of(AmountKind.Committed, total), amount);
            update.Touch(AccountAttribute.Of(AmountKind.Moved, total), amount);
        }

        foreach (var (total, least) in write.AtLeast)
        {
            update.RequireAtLeast(AccountAttribute.Of(AmountKind.Committed, total), least);
        }

        foreach (var (total, limit) in write.Grants)
        {
            update.Set(AccountAttribute.Of(AmountKind.Granted, total), limit);
        }

        return update;
    }

    public static AccountUpdate Of(ReserveWrite write)
    {
        var update = new AccountUpdate(write.Account);
        foreach (var (total, amount) in write.Amounts)
        {
            update.Add(AccountAttribute.Of(AmountKind.Committed, total), amount);
            update.Add(AccountAttribute.Hold(total, write.Bucket), amount);
        }

        foreach (var (total, ceiling) in write.Ceilings)
        {
            update.RequireAtMost(AccountAttribute.Of(AmountKind.Committed, total), ceiling);
        }

        foreach (var (total, limit) in write.GrantedAtMost)
        {
            update.RequireThereAndAtMost(AccountAttribute.Of(AmountKind.Granted, total), limit);
        }

        foreach (var (total, limit) in write.GrantedAtLeast)
        {
            var lowest = AccountAttribute.Of(AmountKind.Granted, total);
            if (write.IsOpened)
            {
                update.RequireAtLeast(lowest, limit);
            }
            else
            {
                update.RequireAtLeastOrAbsent(lowest, limit);
            }
        }

        foreach (var stale in write.Stale)
        {
            RemoveAll(update, stale);
        }

        return update;
    }

    public static void RemoveAll(AccountUpdate update, StaleTotal stale)
    {
        foreach (var kind in Enum.GetValues<AmountKind>().Where(kind => kind != AmountKind.Bucket))
        {
            update.Remove(AccountAttribute.Of(kind, stale.Total));
        }

        foreach (var bucket in stale.Buckets)
        {
            update.Remove(AccountAttribute.Hold(stale.Total, bucket));
        }
    }
}
