using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using static AiGateway.Domain.Tests.Ledger.LedgerData;

namespace AiGateway.Domain.Tests.Ledger;

public static class TransitionTests
{
    [Fact]
    public static void A_measured_line_books_its_cost_and_ends_the_hold()
    {
        var write = Write(Held(Attempt("a1", 0.5m)), Line(EntryState.Measured, 0.3m, 120));

        Assert.Equal("team#payments@2026-11: M.Usd=0.3, M.Tokens=120, d21.Requests=1", Text(write.Next.Settled));
        Assert.Empty(write.Next.Estimated);
        Assert.Equal(
            "team#payments@2026-11: M.Usd s0.3 e0 -0.5@0, M.Tokens s120 e0, d21.Requests s1 e0 -1@0, "
            + "F.Requests s0 e0 -1@0",
            Text(write.Changes));
        Assert.Equal((EntryState.Measured, 2L), (write.Next.State, write.Next.Version));
        Assert.Equal(new Usd(0.3m), write.Next.Result!.Cost);
    }

    [Fact]
    public static void An_estimate_is_kept_apart_and_replaced_by_a_late_figure()
    {
        var estimated = Write(Held(Attempt("a1", 0.5m)), Line(EntryState.Estimated, 0.5m, 100)).Next;
        var write = Write(estimated, Line(EntryState.Measured, 0.2m, 80));

        Assert.Empty(estimated.Settled);
        Assert.Equal("team#payments@2026-11: M.Usd=0.5, M.Tokens=100, d21.Requests=1", Text(estimated.Estimated));
        Assert.Equal(
            "team#payments@2026-11: M.Usd s0.2 e-0.5, M.Tokens s80 e-100, d21.Requests s1 e-1", Text(write.Changes));
    }

    [Fact]
    public static void A_provider_that_refused_costs_nothing_and_gives_the_money_back()
    {
        var write = Write(Held(Attempt("a1", 0.5m)), Line(EntryState.Measured));

        Assert.Equal("team#payments@2026-11: d21.Requests=1", Text(write.Next.Settled));
        Assert.Contains("M.Usd s0 e0 -0.5@0", Text(write.Changes), StringComparison.Ordinal);
        Assert.Equal(Domain.Usd.Zero, write.Next.Result!.Cost);
    }

    [Fact]
    public static void A_line_without_a_provider_books_nothing_and_takes_nothing_back()
    {
        var write = Write(Held(Attempt("a1", 0.5m)), Line(EntryState.NotSent));

        Assert.Empty(write.Changes);
        Assert.Empty(write.Next.Settled);
        Assert.Null(write.Next.Result!.Cost);
        Assert.Null(write.Next.OpenBucket);
    }

    [Fact]
    public static void A_line_before_its_entry_stands_in_the_way_of_a_delayed_reserve()
    {
        var write = Write(null, Line(EntryState.NotSent));

        Assert.Equal((EntryState.NotSent, 1L, "late"), (write.Next.State, write.Next.Version, write.Next.Team));
        Assert.Empty(write.Changes);
    }

    [Fact]
    public static void A_request_without_an_entry_is_booked_where_its_line_resolves_to()
    {
        var write = Write(null, Line(EntryState.Measured, 0.3m, 12));

        Assert.Equal("team#late@2026-11: M.Usd s0.3 e0, M.Tokens s12 e0", Text(write.Changes));
        Assert.Equal(Domain.Usd.Zero, write.Next.Result!.Overrun);
    }

    [Fact]
    public static void The_last_attempt_is_booked_and_the_holds_of_all_end()
    {
        var entry = Held(Attempt("a1", 0.5m, "first"), Attempt("a2", 0.7m, bucket: Bucket + 1));
        var write = Write(entry, Line(EntryState.Measured, 0.6m));

        Assert.Equal("team#payments@2026-11: M.Usd=0.6, d21.Requests=1", Text(write.Next.Settled));
        Assert.Equal(
            "team#payments@2026-11: M.Usd s0.6 e0 -0.7@1, d21.Requests s1 e0 -1@1, F.Requests s0 e0 -1@1; "
            + "team#first@2026-11: M.Usd s0 e0 -0.5@0, d21.Requests s0 e0 -1@0, F.Requests s0 e0 -1@0",
            Text(write.Changes));
    }

    [Fact]
    public static void Two_holds_in_one_bucket_end_as_one_amount()
    {
        var write = Write(Held(Attempt("a1", 0.5m), Attempt("a2", 0.7m)), Line(EntryState.Measured, 0.6m));

        Assert.Contains("M.Usd s0.6 e0 -1.2@0", Text(write.Changes), StringComparison.Ordinal);
    }

    [Fact]
    public static void A_dropped_attempt_is_charged_its_bound_where_the_policy_says_so()
    {
        var entry = Held(Attempt("a1", 0.5m, "first", RetryPolicy.Charge), Attempt("a2", 0.7m));
        var write = Write(entry, Line(EntryState.Measured, 0.6m, 90));

        Assert.Equal("team#payments@2026-11: M.Usd=0.6, M.Tokens=90, d21.Requests=1", Text(write.Next.Settled));
        Assert.Equal("team#first@2026-11: M.Usd=0.5, M.Tokens=1400", Text(write.Next.Estimated));
        Assert.Equal(new Usd(0.6m), write.Next.Result!.Cost);
    }

    [Fact]
    public static void A_charged_retry_on_the_same_account_adds_to_the_estimate()
    {
        var entry = Held(Attempt("a1", 0.5m, onRetry: RetryPolicy.Charge), Attempt("a2", 0.7m));
        var write = Write(entry, Line(EntryState.Estimated, 0.6m, 90));

        Assert.Equal("team#payments@2026-11: M.Usd=1.1, M.Tokens=1490, d21.Requests=1", Text(write.Next.Estimated));
    }

    [Fact]
    public static void What_is_billed_above_the_hold_is_booked_and_named()
    {
        var write = Write(Held(Attempt("a1", 0.5m)), Line(EntryState.Measured, 0.75m));

        Assert.Contains("M.Usd=0.75", Text(write.Next.Settled), StringComparison.Ordinal);
        Assert.Equal(new Usd(0.25m), write.Next.Result!.Overrun);
    }

    [Fact]
    public static void An_expired_hold_is_charged_without_touching_its_bucket()
    {
        var write = Write(Held(Attempt("a1", 0.5m)), Line(EntryState.Expired));

        Assert.Equal(
            "team#payments@2026-11: M.Usd s0 e0.5, M.Tokens s0 e1400, d21.Requests s0 e1", Text(write.Changes));
        Assert.Equal(new Usd(0.5m), write.Next.Result!.Cost);
    }

    [Fact]
    public static void An_expired_hold_is_let_go_where_the_policy_says_so()
    {
        var entry = Held(Attempt("a1", 0.5m, onExpiry: ExpiryPolicy.Release));
        var write = Write(entry, Line(EntryState.Expired));

        Assert.Empty(write.Next.Estimated);
        Assert.Empty(write.Changes);
        Assert.Equal(Domain.Usd.Zero, write.Next.Result!.Cost);
    }

    [Fact]
    public static void A_late_figure_replaces_the_charge_and_leaves_the_bucket_to_the_sweep()
    {
        var expired = Write(Held(Attempt("a1", 0.5m)), Line(EntryState.Expired)).Next;
        var write = Write(expired, Line(EntryState.Measured, 0.2m, 7));

        Assert.Equal(
            "team#payments@2026-11: M.Usd s0.2 e-0.5, M.Tokens s7 e-1400, d21.Requests s1 e-1", Text(write.Changes));
    }

    [Fact]
    public static void A_late_line_without_a_provider_takes_the_charge_back()
    {
        var expired = Write(Held(Attempt("a1", 0.5m)), Line(EntryState.Expired)).Next;
        var write = Write(expired, Line(EntryState.NotSent));

        Assert.Equal(
            "team#payments@2026-11: M.Usd s0 e-0.5, M.Tokens s0 e-1400, d21.Requests s0 e-1", Text(write.Changes));
        Assert.Empty(write.Next.Estimated);
        Assert.Null(write.Next.Result!.Cost);
    }

    [Fact]
    public static void What_never_was_cannot_expire() =>
        Assert.Throws<ArgumentException>(() => Transitions.Settle(null, "r1", Line(EntryState.Expired)));

    [Fact]
    public static void An_entry_keeps_its_team_and_its_beginning_and_a_line_without_one_brings_them()
    {
        var entry = Held(Attempt("a1", 0.5m)) with { CreatedAt = Now.AddMinutes(-3), PostingId = "p1" };
        var late = Write(entry, Line(EntryState.Measured, 0.1m)).Next;
        var alone = Write(null, Line(EntryState.Measured, 0.1m)).Next;

        Assert.Equal(("payments", Now.AddMinutes(-3), "p1"), (late.Team, late.CreatedAt, late.PostingId));
        Assert.Equal(("late", Now), (alone.Team, alone.CreatedAt));
        Assert.Empty(alone.Attempts);
    }

    [Fact]
    public static void An_attempt_that_held_on_nothing_is_booked_where_its_line_resolves_to()
    {
        var attempt = Attempt("a1", 0.5m) with { Holds = [] };

        Assert.Equal("team#late@2026-11: M.Usd=0.3", Text(Write(Held(attempt), Line(EntryState.Measured, 0.3m)).Next.Settled));
    }

    [Fact]
    public static void Where_nothing_was_sent_no_dropped_attempt_is_charged()
    {
        var entry = Held(Attempt("a1", 0.5m, onRetry: RetryPolicy.Charge), Attempt("a2", 0.5m));

        Assert.Empty(Write(entry, Line(EntryState.NotSent)).Next.Estimated);
        Assert.NotEmpty(Write(entry, Line(EntryState.Measured, 0.1m)).Next.Estimated);
    }
}
