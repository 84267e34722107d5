using System.Text.Json;

namespace AiGateway.Local.Prices;

/// <summary>A line's fields by name or synonym; the first mistake is kept, and everything after it means nothing.</summary>
internal sealed class PriceLineFields(JsonElement line)
{
    internal string? Problem { get; private set; }

    internal string? Text(params ReadOnlySpan<string> names)
    {
        if (Find(names) is not { } field)
        {
            return null;
        }

        return field.Value.ValueKind == JsonValueKind.String
            ? field.Value.GetString()
            : Fail<string>($"'{field.Name}' is not a string.");
    }

    internal bool? Truth(string name)
    {
        if (Find(name) is not { } field)
        {
            return null;
        }

        if (field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return field.Value.GetBoolean();
        }

        Problem ??= $"'{name}' is neither true nor false.";
        return null;
    }

    /// <summary>A count is a whole number, as the gateway writes it: no string, no fraction, no exponent.</summary>
    internal long? Count(params ReadOnlySpan<string> names)
    {
        if (Find(names) is not { } field)
        {
            return null;
        }

        if (field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetInt64(out var count))
        {
            return count;
        }

        Problem ??= $"'{field.Name}' is not a whole number of tokens.";
        return null;
    }

    private (string Name, JsonElement Value)? Find(params ReadOnlySpan<string> names)
    {
        (string Name, JsonElement Value)? found = null;
        foreach (var name in names)
        {
            if (!line.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (found is { } first && first.Value.GetRawText() != value.GetRawText())
            {
                Problem ??= $"'{first.Name}' and '{name}' mean the same and differ.";
            }

            found ??= (name, value);
        }

        return found;
    }

    private T? Fail<T>(string problem)
        where T : class
    {
        Problem ??= problem;
        return null;
    }
}
