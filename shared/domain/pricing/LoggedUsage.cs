namespace AiGateway.Domain.Pricing;

/// <summary>What a line says about tokens, as it says it: nothing is checked yet, absent is null.</summary>
public readonly record struct LoggedUsage
{
    /// <summary><c>gen_ai.provider.name</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The response model, else the request model: Claude has conventions of its own wherever it runs.</summary>
    public string? Model { get; init; }

    /// <summary><c>http.path</c>, with or without its query.</summary>
    public string? Path { get; init; }

    /// <summary><c>streaming</c>; absent counts as buffered.</summary>
    public bool? Streaming { get; init; }

    /// <summary><c>agw.version</c>; absent counts as 1.4.1, unless the line has a field that only 1.5 writes.</summary>
    public string? GatewayVersion { get; init; }

    /// <summary><c>gen_ai.operation.name</c>, or the kind of the model that was found.</summary>
    public string? Operation { get; init; }

    /// <summary><c>gen_ai.usage.input_tokens</c>.</summary>
    public long? Input { get; init; }

    /// <summary><c>gen_ai.usage.cache_read.input_tokens</c>.</summary>
    public long? CacheRead { get; init; }

    /// <summary><c>gen_ai.usage.cache_creation.input_tokens</c>.</summary>
    public long? CacheCreation { get; init; }

    /// <summary><c>gen_ai.usage.output_tokens</c>.</summary>
    public long? Output { get; init; }

    /// <summary><c>total_tokens</c>.</summary>
    public long? Total { get; init; }

    /// <summary><c>reasoning_tokens</c>.</summary>
    public long? Reasoning { get; init; }

    /// <summary><c>input_audio_tokens</c>.</summary>
    public long? InputAudio { get; init; }

    /// <summary><c>gen_ai.usage.output_audio_tokens</c>.</summary>
    public long? OutputAudio { get; init; }

    /// <summary><c>gen_ai.usage.output_image_tokens</c>.</summary>
    public long? OutputImage { get; init; }

    /// <summary><c>count_tokens</c>: present on a token count, which is free.</summary>
    public long? CountTokens { get; init; }

    /// <summary><c>provider_input_tokens</c>: the provider's own count, before v1.5 adds cached tokens to it.</summary>
    public long? ProviderInput { get; init; }
}
