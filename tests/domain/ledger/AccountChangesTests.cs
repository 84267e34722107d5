using AiGateway.Domain.Ledger;
using static AiGateway.Domain.Tests.Ledger.LedgerData;

namespace AiGateway.Domain.Tests.Ledger;

public static class AccountChangesTests
{
    [Fact]
    public static void What_was_settled_before_is_taken_back_and_what_stays_changes_nothing()
    {
        var before = Held(Attempt("a1", 1m)) with
        {
            State = EntryState.Measured,
            Settled = [new AccountHold(Team("payments"), [new(LedgerData.Usd, 0.3m), new(Tokens, 5m)])],
        };
        var after = before with
        {
            Settled = [new AccountHold(Team("payments"), [new(LedgerData.Usd, 0.2m), new(Tokens, 5m)])],
        };

        Assert.Equal("team#payments@2026-11: M.Usd s-0.1 e0", Text(AccountChanges.Between(before, after)));
        Assert.Empty(AccountChanges.Between(after, after));
    }

    [Fact]
    public static void A_batch_changes_each_account_once_by_the_sum_of_all()
    {
        TotalChange Change(Total total, decimal settled, decimal estimated, params BucketAmount[] released) =>
            new(total, settled, estimated, released);
        BucketAmount Hold(int later, decimal amount) => new(Bucket + later, amount);

        var merged = AccountChanges.Merge(
        [
            new(Team("a"), [Change(LedgerData.Usd, 0.1m, -0.4m, Hold(0, 1m)), Change(Tokens, 7m, 0m)]),
            new(Team("b"), [Change(LedgerData.Usd, 5m, 0m)]),
            new(Team("a"), [Change(LedgerData.Usd, 0.2m, -0.5m, Hold(0, 2m), Hold(1, 4m))]),
        ]);

        Assert.Equal(
            "team#a@2026-11: M.Usd s0.3 e-0.9 -3@0 -4@1, M.Tokens s7 e0; team#b@2026-11: M.Usd s5 e0", Text(merged));
    }
}
