using AiGateway.Domain.Ledger;
using static AiGateway.Domain.Ledger.EntryState;
using static AiGateway.Domain.Tests.Ledger.LedgerData;

namespace AiGateway.Domain.Tests.Ledger;

public static class EntryRankTests
{
    [Theory]
    [InlineData(EntryState.Held, new[] { NotSent, Expired, Estimated, Measured })]
    [InlineData(EntryState.Void, new[] { Estimated, Measured })]
    [InlineData(NotSent, new[] { Estimated, Measured })]
    [InlineData(Expired, new[] { NotSent, Estimated, Measured })]
    [InlineData(Estimated, new[] { Measured })]
    [InlineData(Measured, new EntryState[0])]
    public static void A_booking_replaces_only_what_it_outranks(EntryState current, EntryState[] replacedBy)
    {
        foreach (var next in new[] { NotSent, Expired, Estimated, Measured })
        {
            var entry = LedgerData.Held(Attempt("a1", 1m)) with { State = current };
            var step = Transitions.Settle(entry, "r1", Line(next));

            Assert.Equal(replacedBy.Contains(next), step is SettlementStep.Write);
        }
    }

    [Fact]
    public static void A_duplicate_tells_the_entry_that_stands()
    {
        var measured = Write(LedgerData.Held(Attempt("a1", 1m)), Line(Measured, 0.5m)).Next with { PostingId = "p1" };
        var step = Transitions.Settle(measured, "r1", Line(Measured, 0.6m));

        Assert.Same(measured, Assert.IsType<SettlementStep.AlreadyBooked>(step).Entry);
    }
}
