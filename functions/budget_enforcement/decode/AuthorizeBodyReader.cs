using System.Text.Json;
using AiGateway.Domain;
using AiGateway.Domain.Gateway;
using AiGateway.Lambda;

namespace BudgetEnforcement.Decode;

/// <summary>Reads <c>{"model":"…","size":0}</c>: the one body that is parsed, and only on
/// <c>/v1/authorize</c>.</summary>
internal static class AuthorizeBodyReader
{
    public const int BytesMax = 64 * 1024;

    private static readonly Problem Bad = new(
        "bad_authorize_body", "The body must be a JSON object with a model (text) and a size (a whole number of bytes).");

    public static Outcome<(string Model, long Size)> Read(FunctionUrlRequest request)
    {
        if (request.Body(BytesMax) is not Outcome<ReadOnlyMemory<byte>>.Ok(var bytes))
        {
            return new Problem("bad_authorize_body", $"The body must have at most {BytesMax} bytes, and be base64 where it says so.");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return Bad;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: text that has no UTF-16 form.
            return Bad;
        }
    }

    private static Outcome<(string Model, long Size)> Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty(AuthorizeBody.Model, out var model) || model.ValueKind != JsonValueKind.String
            || !root.TryGetProperty(AuthorizeBody.Size, out var size) || size.ValueKind != JsonValueKind.Number
            || !size.TryGetInt64(out var bytes) || bytes is < 0 or > WholeNumber.Most
            || string.IsNullOrWhiteSpace(model.GetString()))
        {
            return Bad;
        }

        return (model.GetString()!, bytes);
    }
}
