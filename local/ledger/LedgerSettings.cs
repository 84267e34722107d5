using AiGateway.Aws;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace AiGateway.Local.Ledger;

/// <summary>
/// Where the tables are: the variables that the functions read too, so that one environment serves both.
/// </summary>
/// <param name="Region"><c>AWS_REGION</c>.</param>
/// <param name="Endpoint"><c>DYNAMODB_ENDPOINT</c>; null: the region's own.</param>
/// <param name="Prefix"><c>TABLE_PREFIX</c>.</param>
internal sealed record LedgerSettings(string Region, Uri? Endpoint, string Prefix)
{
    /// <summary>One call. An operator waits longer than a request does.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>The settings; null, with every mistake told, where they are not complete.</summary>
    public static LedgerSettings? Read(Func<string, string?> environment, TextWriter errors)
    {
        var region = environment("AWS_REGION");
        var prefix = environment("TABLE_PREFIX");
        var endpoint = environment("DYNAMODB_ENDPOINT");
        Uri? uri = null;
        var mistakes = new List<string>();
        if (string.IsNullOrEmpty(region))
        {
            mistakes.Add("AWS_REGION is not set.");
        }

        if (prefix is null)
        {
            mistakes.Add("TABLE_PREFIX is not set: it is the deployment's, such as aigateway-dev-.");
        }

        if (!string.IsNullOrEmpty(endpoint) && !Uri.TryCreate(endpoint, UriKind.Absolute, out uri))
        {
            mistakes.Add("DYNAMODB_ENDPOINT is not a URL.");
        }

        mistakes.ForEach(errors.WriteLine);
        return mistakes.Count > 0 ? null : new LedgerSettings(region!, uri, prefix!);
    }

    /// <summary>DynamoDB Local takes any credentials; the real one takes the operator's.</summary>
    /// <exception cref="AmazonClientException">There are none.</exception>
    public DynamoClient Client() => DynamoClient.Create(
        new DynamoSettings(Region, Endpoint, Timeout), Endpoint is null ? OfOperator() : DynamoCredentials.Local);

    // Profiles, single sign-on, roles: the SDK knows them all. A command ends long before they do.
    private static DynamoCredentials OfOperator()
    {
        var found = DefaultAWSCredentialsIdentityResolver.GetCredentials().GetCredentials();
        return new DynamoCredentials(found.AccessKey, found.SecretKey, found.UseToken ? found.Token : null);
    }
}
