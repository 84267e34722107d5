using AiGateway.Domain;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using static AiGateway.Aws.Tests.Answers;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests.Accounts;

/// <summary>What the database adds up is what decimals add up to, to the last digit.</summary>
public sealed class ExactnessTests : IAsyncLifetime
{
    private TestTables tables = null!;
    private AccountsTable accounts = null!;
    private LedgerTable ledger = null!;
    private int number;

    public async ValueTask InitializeAsync()
    {
        tables = await LocalDatabase.CreateTablesAsync(
            TableDefinitions.Accounts, TableDefinitions.Ledger, TableDefinitions.Postings);
        accounts = new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        ledger = new LedgerTable(tables.Client, tables.Names, TestTables.StoreTimeout);
    }

    public ValueTask DisposeAsync()
    {
        tables.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Holds_add_up_and_are_taken_back_exactly() =>
        Prop.ForAll(Amounts(UpToABillion), amounts => HoldsAddUpAsync(amounts).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void A_cost_comes_back_from_the_ledger_as_it_was() =>
        Prop.ForAll(Amounts(UpToABillion), amounts => CostsComeBackAsync(amounts).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static Gen<decimal> UpToABillion =>
        from whole in Gen.Choose(0, 999_999_999)
        from millionths in Gen.Choose(0, 999_999)
        from rest in Gen.Choose(0, 999_999)
        from size in Gen.Elements(1m, 0.001m, 0.000001m)
        select Usd.RoundHalfEven((whole + (millionths / 1_000_000m) + (rest / 1_000_000_000_000m)) * size).Amount;

    private static Arbitrary<decimal[]> Amounts(Gen<decimal> amount) => Arb.From(
        from length in Gen.Choose(1, 6)
        from amounts in amount.ArrayOf(length)
        select amounts);

    private async Task<bool> HoldsAddUpAsync(decimal[] amounts)
    {
        var account = NewAccount();
        AccountTotals? last = null;
        foreach (var amount in amounts)
        {
            last = Done(await accounts.ReserveAsync(
                new ReserveWrite(account, Bucket, [new TotalAmount(MonthUsd, amount)], [], []), default));
        }

        var total = last![MonthUsd];
        var sum = amounts.Sum();
        if (total.Committed != sum || total.Buckets.GetValueOrDefault(Bucket) != sum)
        {
            return false;
        }

        foreach (var amount in amounts)
        {
            last = Done(await accounts.GiveBackAsync(account, Bucket, [new TotalAmount(MonthUsd, amount)], default));
        }

        return last[MonthUsd].Committed == 0m;
    }

    private async Task<bool> CostsComeBackAsync(decimal[] amounts)
    {
        var id = $"r{Interlocked.Increment(ref number)}";
        var entry = Measured(Held(id)) with
        {
            Settled = [new AccountHold(Payments, [.. amounts.Select(amount => new TotalAmount(MonthUsd, -amount))])],
        };
        entry = entry with { Result = entry.Result! with { Cost = new Usd(amounts[0]) } };
        Done(await ledger.SettleAsync([new EntryWrite(entry, null)], [], default));

        var read = Assert.Single(Done(await ledger.ReadAsync([id], default)));
        return read.Result!.Cost == new Usd(amounts[0])
            && read.Settled[0].Amounts.Select(amount => -amount.Amount).SequenceEqual(amounts);
    }

    private AccountKey NewAccount() => Account($"team-{Interlocked.Increment(ref number)}");
}
