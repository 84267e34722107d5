using AiGateway.Domain;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Gateway;
using AiGateway.Domain.Identity;
using AiGateway.Lambda;

namespace BudgetEnforcement.Decode;

/// <summary>
/// Reads the gateway's question. What is missing or odd is refused, unless a safe reading exists: an absent output
/// bound is the model's own, an
/// absent or odd <c>x-budget-external</c> is <c>true</c>. The webhook's body, the prompt, is never looked at.
/// </summary>
internal static class QuestionReader
{
    private const long ChoicesMax = 10_000;

    public static Outcome<GatewayQuestion> Read(FunctionUrlRequest request, QuestionForm form)
    {
        string? Header(string name) => request.Header(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

        var requestId = Header(WebhookHeaders.RequestId);
        if (!RequestIds.IsValid(requestId))
        {
            return new Problem(
                "bad_request_id", $"{WebhookHeaders.RequestId} must have 1 to {RequestIds.LengthMax} letters, digits, '-', '_' or '.'.");
        }

        var path = Header(WebhookHeaders.Path);
        var isEmbedding = form == QuestionForm.Authorize && ClientPath.IsEmbeddings(path);
        var read = ReadSubject(request, form, Header);
        if (read is not Outcome<(string Model, long Size)>.Ok(var subject))
        {
            return ((Outcome<(string, long)>.Failed)read).Problem;
        }

        var maxTokens = Number(Header, WebhookHeaders.MaxTokens, 0, WholeNumber.Most, otherwise: 0);
        var choices = Number(Header, WebhookHeaders.Choices, 1, ChoicesMax, otherwise: 1);
        if (maxTokens is not Outcome<long>.Ok(var tokens))
        {
            return ((Outcome<long>.Failed)maxTokens).Problem;
        }

        if (choices is not Outcome<long>.Ok(var answers))
        {
            return ((Outcome<long>.Failed)choices).Problem;
        }

        return new GatewayQuestion(
            form,
            requestId!,
            CallerClaims.FromHeaders(Header),
            new GuardedCall(
                Header(WebhookHeaders.Provider),
                subject.Model,
                subject.Size,
                !isEmbedding && Header(WebhookHeaders.External) != "false",
                tokens,
                answers,
                Header(WebhookHeaders.ServiceTier),
                HasOutput: !isEmbedding),
            path,
            Header(WebhookHeaders.Stream) == "true");
    }

    // Before external authorization the gateway has not parsed the request: model and size stand in a small body that
    // it makes itself.
    private static Outcome<(string Model, long Size)> ReadSubject(
        FunctionUrlRequest request, QuestionForm form, Func<string, string?> header)
    {
        var model = header(WebhookHeaders.Model);
        var size = header(WebhookHeaders.Size);
        if (form == QuestionForm.Authorize && (model is null || size is null))
        {
            return AuthorizeBodyReader.Read(request);
        }

        if (model is null)
        {
            return new Problem("no_model", $"{WebhookHeaders.Model} is missing.");
        }

        if (size is null)
        {
            return new Problem("no_size", $"{WebhookHeaders.Size} is missing.");
        }

        return WholeNumber.Read(WebhookHeaders.Size, size, 0, WholeNumber.Most) switch
        {
            Outcome<long>.Ok(var bytes) => (model, bytes),
            Outcome<long>.Failed(var problem) => problem,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Outcome<long> Number(
        Func<string, string?> header, string name, long min, long max, long otherwise) =>
        header(name) is { } text ? WholeNumber.Read(name, text, min, max) : otherwise;
}
