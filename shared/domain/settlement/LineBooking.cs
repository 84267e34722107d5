using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Settlement;

/// <summary>
/// What a line books on whatever entry stands. Pure: it is asked again after every re-read of the entry, because the
/// hold's
/// own bounds decide an estimate.
/// </summary>
public sealed class LineBooking
{
    private readonly BilledLine line;
    private readonly UsageResult usage;
    private readonly Caller caller;
    private readonly BookingTerms terms;

    private LineBooking(AccessLine line, UsageResult usage, Caller caller, BookingTerms terms)
    {
        this.line = BilledLine.Of(line);
        this.usage = usage;
        this.caller = caller;
        this.terms = terms;
        Meaning = LineMeanings.Of(line);
    }

    public string RequestId => line.Key;

    public LineMeaning Meaning { get; }

    /// <summary>Which of several lines of one request in a batch is booked: the one that says most.</summary>
    public int Weight => (Meaning, usage) switch
    {
        (LineMeaning.NotSent, _) => 0,
        (LineMeaning.MayBeBilled, _) => 1,
        (LineMeaning.Answered, UsageResult.Incomplete) => 2,
        (LineMeaning.NotBilled, _) => 3,
        _ => 4,
    };

    /// <summary>Failed: the line's counts contradict each other (<c>bad_usage</c>).</summary>
    /// <param name="line">The line.</param>
    /// <param name="caller">Whose request it was, as the decision resolved it too.</param>
    /// <param name="terms">What its batch is booked by.</param>
    public static Outcome<LineBooking> Read(AccessLine line, Caller caller, BookingTerms terms)
    {
        var usage = LineUsageReading.Of(line);
        return usage is UsageResult.Refused(var reason)
            ? new Problem("bad_usage", reason)
            : new LineBooking(line, usage, caller, terms);
    }

    /// <summary>One line on its own.</summary>
    public static Outcome<LineBooking> Read(
        AccessLine line,
        Caller caller,
        PriceBook prices,
        DateTimeOffset settledAt,
        Func<IReadOnlyList<Budget>> readBudgets) =>
        Read(line, caller, new BookingTerms(new LinePrices(prices), settledAt, (_, _) => readBudgets()));

    /// <summary>With the budgets at hand.</summary>
    public static Outcome<LineBooking> Read(
        AccessLine line,
        Caller caller,
        PriceBook prices,
        DateTimeOffset settledAt,
        params IReadOnlyList<Budget> budgets) => Read(line, caller, prices, settledAt, () => budgets);

    /// <exception cref="UnbookableLineException">There is no hold, and nothing else bounds the cost.</exception>
    public Booking On(LedgerEntry? entry)
    {
        // The line speaks of the attempt that was passed last; what the gateway dropped before is the ledger's own
        // matter.
        var attempt = entry is { Attempts.Count: > 0 } ? entry.Attempts[^1] : null;
        var booking = Meaning switch
        {
            LineMeaning.NotSent => Booked(EntryState.NotSent, Meaning.Reason, null, BookedAmounts.None),
            LineMeaning.NotBilled => Free(Meaning.Reason, requests: 1),
            LineMeaning.MayBeBilled => Estimated(Meaning.Reason, WholeHold(attempt)),
            LineMeaning.Answered => Answered(attempt),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        // With holds, it is booked where they are.
        return attempt is { Holds.Count: > 0 } ? booking : booking with { Accounts = Accounts() };
    }

    private Booking Answered(Attempt? attempt) => usage switch
    {
        UsageResult.NotBilled => Free(SettlementReasons.TokenCount, requests: 0),
        UsageResult.Complete complete => Measured(complete, attempt),
        UsageResult.Incomplete incomplete => Estimated(
            line.Call.Streaming == true
                ? SettlementReasons.StreamWithoutUsage
                : SettlementReasons.AnswerWithoutUsage,
            PartialAnswer(incomplete, attempt)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Booking Measured(UsageResult.Complete complete, Attempt? attempt)
    {
        var price = terms.Prices.Of(line, attempt);
        var used = complete.Usage;
        var cost = price.Found?.TotalOf(used, price.ServiceTier);
        if (cost is not Outcome<Usd>.Ok(var total))
        {
            var why = cost is Outcome<Usd>.Failed(var problem) ? problem.Message : price.Why;
            return Unpriced(used, attempt, price with { Why = why });
        }

        var reason = complete.Assumption is null
            ? SettlementReasons.Complete
            : SettlementReasons.CompleteAssumedVersion;
        var amounts = new BookedAmounts(total, used.TotalTokens, 1);
        return Booked(EntryState.Measured, reason, price, amounts, used.TotalInput, used.TotalOutput);
    }

    // Never free, never a silent guess: what was reserved, else the provider's dearest model, and both say so (T33,
    // T47).
    private Booking Unpriced(BillableUsage used, Attempt? attempt, LinePrice price)
    {
        var cost = attempt?.Hold;
        if (cost is null)
        {
            var reason = price.Why;
            price = terms.Prices.Assumed(line);
            cost = CostOf(price, used) ?? throw new UnbookableLineException(reason);
        }

        var amounts = new BookedAmounts(cost.Value, used.TotalTokens, 1);
        return Booked(
            EntryState.Estimated, SettlementReasons.Unpriced, price, amounts, used.TotalInput, used.TotalOutput);
    }

    private static Usd? CostOf(LinePrice price, BillableUsage used)
    {
        var cost = price.Found?.TotalOf(used, price.ServiceTier) as Outcome<Usd>.Ok
            ?? price.Found?.TotalOf(used, null) as Outcome<Usd>.Ok;
        return cost?.Value;
    }

    private (Estimate, LinePrice?) WholeHold(Attempt? attempt)
    {
        if (attempt is not null)
        {
            return (Estimate.WholeHold(attempt), null);
        }

        var price = terms.Prices.Assumed(line);
        var bounds = EstimateBounds.Of(line, Known(price));
        return (Estimate.Most(bounds, HoldPricesOf(price, bounds)), price);
    }

    private (Estimate, LinePrice?) PartialAnswer(UsageResult.Incomplete incomplete, Attempt? attempt)
    {
        var price = attempt is null ? terms.Prices.Assumed(line) : terms.Prices.Of(line, attempt);
        if (attempt is not null && price.Found?.ForHold(price.ServiceTier) is null)
        {
            return (Estimate.WholeHold(attempt), price);
        }

        var bounds = attempt is null
            ? EstimateBounds.Of(line, Known(price))
            : EstimateBounds.Of(attempt.Bounds);
        return (Estimate.OfPartialAnswer(line, incomplete, bounds, HoldPricesOf(price, bounds), price), price);
    }

    private static ModelPrice Known(LinePrice price) => price.Found ?? throw new UnbookableLineException(price.Why);

    // With the bound that the hold was taken with: an estimate must not be dearer than what was reserved for it.
    private static HoldPrices HoldPricesOf(LinePrice price, EstimateBounds bounds) =>
        Known(price).ForHold(price.ServiceTier, bounds.Input) ?? throw new UnbookableLineException(
            $"{price.Found!.Provider} {price.Found.Model} has no price that bounds a request.");

    private Booking Free(string reason, long requests) => Booked(
        EntryState.Measured, reason, null, new BookedAmounts(Usd.Zero, 0, requests), 0, 0);

    private Booking Estimated(string reason, (Estimate Estimate, LinePrice? Price) made)
    {
        var (cost, input, output) = made.Estimate;
        var amounts = new BookedAmounts(cost, input + output, 1);
        return Booked(EntryState.Estimated, reason, made.Price, amounts, input, output);
    }

    private Booking Booked(
        EntryState state,
        string reason,
        LinePrice? price,
        BookedAmounts amounts,
        long? inputTokens = null,
        long? outputTokens = null) => new(
            state,
            caller.Team,
            line.StartedAt,
            [],
            amounts,
            new EntryResult(
                state == EntryState.NotSent ? null : amounts.Cost,
                reason,
                CallLabel.Bounded(line.Call.Provider),
                CallLabel.Bounded(price?.Found?.Model ?? line.Answer.Model ?? line.Call.Model),
                price?.Why,
                inputTokens,
                outputTokens,
                Usd.Zero,
                terms.SettledAt));

    // Where a request without an entry is booked: in the periods it began in, on the accounts that a decision lists.
    private IReadOnlyList<AccountHold> Accounts()
    {
        var budgets = terms.BudgetsOf(caller, line.StartedAt);
        return BookedAccounts.Of(
            caller.Scopes,
            budgets,
            [.. budgets.SelectMany(budget => PlannedLimit.Of(budget, line.StartedAt)).Where(limit => !limit.IsInFlight)],
            line.StartedAt,
            _ => 0m);
    }
}
