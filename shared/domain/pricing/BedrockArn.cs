namespace AiGateway.Domain.Pricing;

/// <summary>Amazon's ways to name a Bedrock model.</summary>
internal static class BedrockArn
{
    private static readonly string[] Profiles =
        ["us", "eu", "apac", "au", "jp", "global", "us-gov", "ca", "in", "sa", "mx", "me", "af", "uk"];

    /// <summary>
    /// The model id inside an ARN of a foundation model or a system-defined inference profile. Empty: an application
    /// inference profile, provisioned throughput, a custom or imported model, a prompt router, or no ARN of Bedrock.
    /// </summary>
    internal static ReadOnlySpan<char> ModelOf(ReadOnlySpan<char> arn, out ReadOnlySpan<char> region)
    {
        // arn:aws:bedrock:eu-west-2:123456789012:inference-profile/eu.anthropic.claude-…-v1:0
        region = default;
        var rest = arn;
        for (var part = 0; part < 5; part++)
        {
            var colon = rest.IndexOf(':');
            if (colon < 0 || (part == 2 && !rest[..colon].SequenceEqual("bedrock")))
            {
                return default;
            }

            region = part == 3 ? rest[..colon] : region;
            rest = rest[(colon + 1)..];
        }

        foreach (var resource in (ReadOnlySpan<string>)["foundation-model/", "inference-profile/"])
        {
            if (rest.StartsWith(resource, StringComparison.Ordinal))
            {
                return rest[resource.Length..];
            }
        }

        return default;
    }

    internal static bool IsProfilePrefix(ReadOnlySpan<char> prefix)
    {
        foreach (var profile in Profiles)
        {
            if (prefix.SequenceEqual(profile))
            {
                return true;
            }
        }

        return false;
    }
}
