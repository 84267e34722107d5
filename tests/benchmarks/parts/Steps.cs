using AiGateway.Aws;
using AiGateway.Benchmarks.Attribution;
using AiGateway.Benchmarks.Decision;
using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Pricing;
using AiGateway.Domain.Settlement;
using AiGateway.Lambda;
using BenchmarkDotNet.Attributes;
using BudgetEnforcement;
using BudgetEnforcement.Decide;
using BudgetEnforcement.Decode;
using BudgetEnforcement.Reply;

namespace AiGateway.Benchmarks.Parts;

/// <summary>One benchmark a step; names are what <c>./dev bench</c> prints.</summary>
public class Steps
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly byte[] eventBytes = DecisionEvents.Of(4 * 1024);
    private readonly Replies replies = new(new ReplyStatuses(402, 429));
    private readonly LogEvent line = AttributionLines.Of(1)[0];
    private readonly LineMemory memory = new();
    private readonly BookingTerms terms = new(new LinePrices(PriceBook.Default), Now, (_, _) => []);
    private readonly byte[] body = new byte[1_200];
    private readonly RequestSignature signature = new(
        new DynamoCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", new string('t', 800)),
        "eu-central-1",
        new Uri("https://dynamodb.eu-central-1.amazonaws.com"));

    private DecisionFunction function = null!;
    private GatewayQuestion question = null!;
    private PolicyInput policy = null!;
    private PolicyRules rules = null!;
    private PolicyDecision.Reserve plan = null!;
    private AccessLine access = null!;
    private Caller caller = null!;

    [GlobalSetup]
    public void Prepare()
    {
        function = new DecisionFunction();
        question = function.Decode(eventBytes);
        rules = function.Rules;
        caller = CallerResolution.Resolve(question.Claims, CallerDirectory.Empty).Asking(question.Call.Model);
        policy = new PolicyInput(
            "a1", Now, caller, question.Call,
            CallLabel.Of(question.Call.Provider, question.Call.Model, question.Path, null, false),
            CallPrices.Find(PriceBook.Default, question.Call, Now, UnknownPricePolicy.Reject), []);
        plan = (PolicyDecision.Reserve)BudgetPolicy.Decide(policy, rules);
        access = ((LineReading.Access)AccessLineReader.Read(line)).Line;
    }

    [Benchmark]
    public object Decode() => function.Decode(eventBytes);

    [Benchmark]
    public object Look_up_price() => CallPrices.Find(PriceBook.Default, question.Call, Now, UnknownPricePolicy.Reject);

    [Benchmark]
    public object Decide() => BudgetPolicy.Decide(policy, rules);

    [Benchmark]
    public object Sign() => signature.Sign("20261121T120000Z", "DynamoDB_20120810.UpdateItem", body);

    [Benchmark]
    public object Reply() => replies.From(new Verdict(null, "within_budget") { Plan = plan }, QuestionForm.Decision, question.Path);

    [Benchmark]
    public object Read_line() => AccessLineReader.Read(line, memory);

    [Benchmark]
    public object Price_line() => ((Domain.Outcome<LineBooking>.Ok)LineBooking.Read(access, caller, terms)).Value.On(null);
}
