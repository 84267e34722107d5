using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace AiGateway.Lambda.Identity;

/// <summary>
/// Believes an <c>oidc_data</c> token, or says why not. Only where the deployment says that an ALB's authenticate
/// action sets
/// it: without one, the header is whatever the client sent. Where a signer is configured, its signature must verify
/// too.
/// </summary>
public sealed class OidcDataReader
{
    private const string Algorithm = "ES256";
    private const int SignatureBytes = 64;
    private const int KeysKeptMax = 1_000;
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    private readonly string? signerArn;
    private readonly FetchOidcKey fetchKey;
    private readonly ConcurrentDictionary<string, string?> keys = new(StringComparer.Ordinal);

    /// <param name="signerArn">The load balancer's ARN; null: signatures are not checked, the network is
    /// trusted.</param>
    /// <param name="fetchKey">Where its public keys are.</param>
    public OidcDataReader(string? signerArn, FetchOidcKey fetchKey)
    {
        this.signerArn = signerArn;
        this.fetchKey = fetchKey;
    }

    /// <param name="token">As logged. Never written anywhere.</param>
    /// <param name="at">When the request was made: the line is read later, when the token has long expired.</param>
    /// <param name="budget">Of the batch.</param>
    /// <param name="stop">Ends the fetching of a key.</param>
    /// <exception cref="OidcKeysUnavailableException">Its key can't be fetched.</exception>
    public async Task<OidcDataResult> ReadAsync(
        string token, DateTimeOffset at, OidcKeyBudget budget, CancellationToken stop)
    {
        if (OidcDataToken.Parse(token) is not { } read)
        {
            return new OidcDataResult.Rejected("not_a_token");
        }

        if (read.Algorithm != Algorithm)
        {
            return new OidcDataResult.Rejected("wrong_algorithm");
        }

        if (read.ExpiresAt is not { } expiresAt || at > expiresAt + Leeway)
        {
            return new OidcDataResult.Rejected("expired");
        }

        return signerArn is null
            ? new OidcDataResult.Accepted(read.Claims)
            : await VerifiedAsync(read, signerArn, budget, stop);
    }

    private async Task<OidcDataResult> VerifiedAsync(
        OidcDataToken token, string expectedSigner, OidcKeyBudget budget, CancellationToken stop)
    {
        if (!string.Equals(token.Signer, expectedSigner, StringComparison.Ordinal))
        {
            return new OidcDataResult.Rejected("wrong_signer");
        }

        if (token.KeyId is not { } keyId)
        {
            return new OidcDataResult.Rejected("bad_key_id");
        }

        if (!keys.TryGetValue(keyId, out var key))
        {
            if (!budget.TryTake())
            {
                return new OidcDataResult.Rejected("too_many_keys");
            }

            key = await fetchKey(keyId, stop);
            Keep(keyId, key);
        }

        return key is null
            ? new OidcDataResult.Rejected("unknown_key")
            : IsSignedBy(token, key)
                ? new OidcDataResult.Accepted(token.Claims)
                : new OidcDataResult.Rejected("forged");
    }

    // A key id never gets another key, so a key is kept; what does not exist may exist later, so that is not.
    private void Keep(string keyId, string? key)
    {
        if (key is null)
        {
            return;
        }

        if (keys.Count >= KeysKeptMax)
        {
            keys.Clear();
        }

        keys[keyId] = key;
    }

    private static bool IsSignedBy(OidcDataToken token, string pem)
    {
        if (token.Signature.Length != SignatureBytes)
        {
            return false;
        }

        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.KeySize == 256 && key.VerifyData(
                token.Signed,
                token.Signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException)
        {
            throw new OidcKeysUnavailableException("what was fetched is not a public key.", wrong);
        }
    }
}
