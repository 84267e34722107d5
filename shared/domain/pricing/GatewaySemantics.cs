namespace AiGateway.Domain.Pricing;

/// <summary>Which meaning the gateway gave <c>input_tokens</c>, by its logged version.</summary>
internal readonly record struct GatewaySemantics(bool IncludesCache, string? Assumption)
{
    /// <summary>
    /// Before 1.5 the count is the provider's own; from 1.5 on it includes cached tokens for every provider. Later
    /// versions than 1.5, which nobody has seen, are read like 1.5 and flagged; so is a missing or unreadable one, which
    /// is read as 1.4.1 unless the line has <c>provider_input_tokens</c>, which only 1.5 writes.
    /// </summary>
    internal static GatewaySemantics Of(string? version, bool hasProviderInput)
    {
        if (!TryRead(version, out var major, out var minor))
        {
            return new(hasProviderInput, hasProviderInput
                ? "No readable gateway version; read as 1.5, which alone logs provider_input_tokens."
                : "No readable gateway version; read as 1.4.1.");
        }

        return major > 1 || minor > 5
            ? new(true, "A gateway later than 1.5; read as 1.5.")
            : new(major == 1 && minor == 5, null);
    }

    private static bool TryRead(string? version, out int major, out int minor)
    {
        // As the gateway writes it, line after line.
        if (version is [>= '0' and <= '9', '.', >= '0' and <= '9', '.', ..])
        {
            (major, minor) = (version[0] - '0', version[2] - '0');
            return true;
        }

        minor = 0;
        var text = version.AsSpan().Trim();
        text = text.StartsWith("v", StringComparison.OrdinalIgnoreCase) ? text[1..] : text;
        var dot = text.IndexOf('.');
        var rest = dot < 0 ? default : text[(dot + 1)..];
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(dot < 0 ? default : text[..dot], out major) && major >= 0
            && int.TryParse(end < 0 ? rest : rest[..end], out minor);
    }
}
