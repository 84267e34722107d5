using AiGateway.Domain;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Gateway;
using AiGateway.Lambda;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using BudgetEnforcement.Decide;
using BudgetEnforcement.Decode;
using BudgetEnforcement.Reply;
using BudgetEnforcement.Telemetry;

namespace BudgetEnforcement;

/// <summary>One Function URL event: decode, gather, decide, reply. Whatever throws ends as Lambda's error, which
/// never admits.</summary>
internal sealed class Handler(
    Enforcement enforcement, Replies replies, DecisionTelemetry telemetry, HandlerTimes times, TimeProvider clock)
{
    public async Task<APIGatewayHttpApiV2ProxyResponse> HandleAsync(
        Outcome<FunctionUrlRequest> input, ILambdaContext context)
    {
        string? requestId = null;
        try
        {
            if (input is not Outcome<FunctionUrlRequest>.Ok(var request))
            {
                throw new InvalidOperationException(((Outcome<FunctionUrlRequest>.Failed)input).Problem.Message);
            }

            if (FormOf(request) is not { } form)
            {
                telemetry.NotFound(request);
                return Replies.NotFound();
            }

            requestId = request.Header(WebhookHeaders.RequestId);
            return await AnswerAsync(request, form, context);
        }
        catch (Exception failure)
        {
            telemetry.Failed(requestId, failure);
            throw;
        }
    }

    private async Task<APIGatewayHttpApiV2ProxyResponse> AnswerAsync(
        FunctionUrlRequest request, QuestionForm form, ILambdaContext context)
    {
        var now = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        var read = QuestionReader.Read(request, form);
        if (read is not Outcome<GatewayQuestion>.Ok(var question))
        {
            var problem = ((Outcome<GatewayQuestion>.Failed)read).Problem;
            var refused = Verdict.Refuse(new Refusal(RefusalKind.BadRequest, problem.Message));
            telemetry.Unreadable(
                request, request.Header(WebhookHeaders.RequestId), problem, refused, clock.GetElapsedTime(started));
            return replies.From(refused, form, request.Header(WebhookHeaders.Path));
        }

        var deadline = new InvocationDeadline(
            request.ReceivedAt, times.WebhookTimeout, times.Margin, context.RemainingTime, clock);
        using var functionEnds = new CancellationTokenSource(StopAfter(context.RemainingTime), clock);
        var verdict = await enforcement.DecideAsync(question, now, deadline.At, functionEnds.Token);
        telemetry.Decided(question, verdict, clock.GetElapsedTime(started));
        return replies.From(verdict, form, question.Path);
    }

    // Giving back may go on after the gateway has given up, but not until Lambda ends the process.
    private TimeSpan StopAfter(TimeSpan remaining) =>
        remaining > times.Margin ? remaining - times.Margin : TimeSpan.FromMilliseconds(1);

    private static QuestionForm? FormOf(FunctionUrlRequest request) => (request.Method, request.Path) switch
    {
        ("POST", WebhookPaths.Decision) => QuestionForm.Decision,
        ("POST", WebhookPaths.Authorize) => QuestionForm.Authorize,
        _ => null,
    };
}

/// <summary>How long the gateway waits, and what the answer's way back may take.</summary>
internal sealed record HandlerTimes(TimeSpan WebhookTimeout, TimeSpan Margin);
