#nullable disable

using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>Reads and writes with a source-generated context, built with the options below, not its own.</summary>
public class SourceGeneratorLambdaJsonSerializer<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSGContext> : ILambdaSerializer
    where TSGContext : JsonSerializerContext
{
    private readonly TSGContext _context;

    private readonly JsonWriterOptions _writerOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public SourceGeneratorLambdaJsonSerializer()
        : this(null, null)
    {
    }

    public SourceGeneratorLambdaJsonSerializer(Action<JsonSerializerOptions> customizer)
        : this(customizer, null)
    {
    }

    public SourceGeneratorLambdaJsonSerializer(Action<JsonWriterOptions> jsonWriterCustomizer)
        : this(null, jsonWriterCustomizer)
    {
    }

    /// <param name="customizer">Changes the options before the context is built with them.</param>
    /// <param name="jsonWriterCustomizer">Gets a copy, as in the published package: its changes have no effect.</param>
    /// <exception cref="ApplicationException">The context has no constructor that takes options.</exception>
    public SourceGeneratorLambdaJsonSerializer(
        Action<JsonSerializerOptions> customizer, Action<JsonWriterOptions> jsonWriterCustomizer)
    {
        var options = new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            PropertyNameCaseInsensitive = true,
            PropertyNamingPolicy = new AwsNamingPolicy(),
        };
        customizer?.Invoke(options);
        jsonWriterCustomizer?.Invoke(_writerOptions);

        var constructor = typeof(TSGContext).GetConstructor([typeof(JsonSerializerOptions)])
            ?? throw new ApplicationException(
                $"The context {typeof(TSGContext).FullName} has no constructor that takes JsonSerializerOptions.");
        _context = (TSGContext)constructor.Invoke([options]);
    }

    /// <exception cref="JsonSerializerException">Not JSON, not of this shape, or no type of the context.</exception>
    public T Deserialize<T>(Stream requestStream)
    {
        try
        {
            return requestStream is MemoryStream memory && memory.TryGetBuffer(out var bytes)
                ? JsonSerializer.Deserialize(bytes.AsSpan((int)memory.Position), TypeInfo<T>())
                : JsonSerializer.Deserialize(requestStream, TypeInfo<T>());
        }
        catch (Exception e)
        {
            throw new JsonSerializerException($"The event cannot be read as {typeof(T).FullName}: {e.Message}", e);
        }
    }

    /// <exception cref="JsonSerializerException">Not a type of the context, or it cannot be written.</exception>
    public void Serialize<T>(T response, Stream responseStream)
    {
        try
        {
            using var writer = new Utf8JsonWriter(responseStream, _writerOptions);
            JsonSerializer.Serialize(writer, response, TypeInfo<T>());
        }
        catch (Exception e)
        {
            throw new JsonSerializerException($"The reply of {typeof(T).FullName} cannot be written: {e.Message}", e);
        }
    }

    private JsonTypeInfo<T> TypeInfo<T>() =>
        _context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new JsonSerializerException(
            $"The context {typeof(TSGContext).FullName} does not name the type {typeof(T).FullName}.");
}
