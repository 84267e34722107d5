using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using static AiGateway.Domain.Tests.Ledger.LedgerData;

namespace AiGateway.Domain.Tests.Ledger;

public static class LedgerEntryTests
{
    [Fact]
    public static void A_held_entry_is_open_under_the_bucket_of_its_first_attempt()
    {
        var entry = Held(Attempt("a1", 1m, bucket: Bucket), Attempt("a2", 1m, bucket: Bucket + 3));

        Assert.Equal(Bucket, entry.OpenBucket);
        Assert.Null((entry with { Attempts = [] }).OpenBucket);
        foreach (var state in Enum.GetValues<EntryState>().Where(state => state != EntryState.Held))
        {
            Assert.Null((entry with { State = state }).OpenBucket);
        }
    }

    [Fact]
    public static void Every_account_is_touched_once_whether_held_settled_or_estimated_on()
    {
        var entry = Held(Attempt("a1", 1m, team: "a"), Attempt("a2", 1m, team: "b")) with
        {
            Settled = [new AccountHold(Team("b"), []), new AccountHold(Team("c"), [])],
            Estimated = [new AccountHold(Team("b"), []), new AccountHold(Team("d"), [])],
        };

        Assert.Equal([Team("a"), Team("b"), Team("c"), Team("d")], entry.TouchedAccounts());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(299, 0)]
    [InlineData(300, 1)]
    [InlineData(1_795_267_499, 5_984_224)]
    [InlineData(1_795_267_500, 5_984_225)]
    public static void A_bucket_is_five_minutes_of_the_clock_and_ends_where_the_next_begins(long second, long bucket)
    {
        Assert.Equal(bucket, HoldBucket.Containing(DateTimeOffset.FromUnixTimeSeconds(second)));
        Assert.Equal(bucket + 1, HoldBucket.Containing(HoldBucket.End(bucket)));
        Assert.Equal(bucket, HoldBucket.Containing(HoldBucket.End(bucket).AddTicks(-1)));
    }

    [Fact]
    public static void States_are_stored_by_names_that_never_change() => Assert.Equal(
        ["held", "void", "not_sent", "expired", "estimated", "measured"],
        Enum.GetValues<EntryState>().Select(state => StoredLedgerNames.States[state]));
}
