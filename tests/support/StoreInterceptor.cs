using AiGateway.Engine;

namespace AiGateway.Tests.Support;

/// <summary>
/// Stands before every call of the stores that it was given to: it may let it through, fail it, or end the test's
/// "process".
/// </summary>
public abstract class StoreInterceptor
{
    /// <param name="call">The store's method, such as <c>ledger.PutHeld</c>.</param>
    /// <param name="send">Sends it.</param>
    public abstract Task<StoreResult<T>> RunAsync<T>(string call, Func<Task<StoreResult<T>>> send);

    public IAccountStore Before(IAccountStore accounts) => new InterceptedAccounts(accounts, this);

    public ILedgerStore Before(ILedgerStore ledger) => new InterceptedLedger(ledger, this);

    public IPostingStore Before(IPostingStore postings) => new InterceptedPostings(postings, this);
}
