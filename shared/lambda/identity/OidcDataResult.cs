using AiGateway.Domain.Identity;

namespace AiGateway.Lambda.Identity;

/// <summary>What an <c>oidc_data</c> token says about who asked.</summary>
public abstract record OidcDataResult
{
    private OidcDataResult()
    {
    }

    public sealed record Accepted(CallerClaims Claims) : OidcDataResult;

    /// <summary>It is no identity: the line is nobody's.</summary>
    /// <param name="Reason">A stable snake_case name.</param>
    public sealed record Rejected(string Reason) : OidcDataResult;
}

/// <summary>The public key of a key id, in PEM; null: there is no such key.</summary>
/// <exception cref="OidcKeysUnavailableException">Nobody can say.</exception>
public delegate Task<string?> FetchOidcKey(string keyId, CancellationToken stop);

/// <summary>
/// An outage: whether the token is genuine can't be told now, so nobody may be charged for its line yet.
/// </summary>
public sealed class OidcKeysUnavailableException(string detail, Exception? cause = null)
    : Exception($"The load balancer's public keys can't be fetched: {detail}", cause);

/// <summary>How many unknown keys one batch may ask for: a forger writes as many key ids as he likes.</summary>
public sealed class OidcKeyBudget
{
    private const int FetchesMax = 20;

    private int fetches;

    public bool TryTake() => ++fetches <= FetchesMax;
}
