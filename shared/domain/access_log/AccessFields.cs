using AiGateway.Domain.Gateway;
using static AiGateway.Domain.AccessLog.KnownFields;

namespace AiGateway.Domain.AccessLog;

/// <summary>The numbers of the fields that an access line is made of.</summary>
internal static class AccessFields
{
    public static readonly int Scope = NumberOf(LogFields.Scope);
    public static readonly int RequestId = NumberOf(LogFields.RequestId);
    public static readonly int StartedAt = NumberOf(LogFields.StartedAt);
    public static readonly int RequestStart = NumberOf(LineTime.RequestStart);
    public static readonly int RequestEnd = NumberOf(LineTime.RequestEnd);
    public static readonly int GatewayVersion = NumberOf(LogFields.GatewayVersion);

    public static readonly int Protocol = NumberOf(LogFields.Protocol);
    public static readonly int Operation = NumberOf(LogFields.Operation);
    public static readonly int HttpPath = NumberOf(LogFields.HttpPath);
    public static readonly int Provider = NumberOf(LogFields.Provider);
    public static readonly int RequestModel = NumberOf(LogFields.RequestModel);
    public static readonly int ServiceTier = NumberOf(LogFields.ServiceTier);
    public static readonly int Streaming = NumberOf(LogFields.Streaming);
    public static readonly int MaxTokens = NumberOf(LogFields.MaxTokens);
    public static readonly int RetryAttempt = NumberOf(LogFields.RetryAttempt);

    public static readonly int HttpStatus = NumberOf(LogFields.HttpStatus);
    public static readonly int Error = NumberOf(LogFields.Error);
    public static readonly int Reason = NumberOf(LogFields.Reason);
    public static readonly int ResponseModel = NumberOf(LogFields.ResponseModel);
    public static readonly int ResponseBytes = NumberOf(LogFields.ResponseBytes);
    public static readonly int StreamEvents = NumberOf(LogFields.StreamEvents);
    public static readonly int UpstreamCalled = NumberOf(LogFields.UpstreamCalled);

    public static readonly int InputTokens = NumberOf(LogFields.InputTokens);
    public static readonly int CacheReadInputTokens = NumberOf(LogFields.CacheReadInputTokens);
    public static readonly int CacheCreationInputTokens = NumberOf(LogFields.CacheCreationInputTokens);
    public static readonly int OutputTokens = NumberOf(LogFields.OutputTokens);
    public static readonly int TotalTokens = NumberOf(LogFields.TotalTokens);
    public static readonly int ReasoningTokens = NumberOf(LogFields.ReasoningTokens);
    public static readonly int InputAudioTokens = NumberOf(LogFields.InputAudioTokens);
    public static readonly int OutputAudioTokens = NumberOf(LogFields.OutputAudioTokens);
    public static readonly int OutputImageTokens = NumberOf(AccessLineReader.OutputImage);
    public static readonly int CountTokens = NumberOf(LogFields.CountTokens);
    public static readonly int ProviderInputTokens = NumberOf(LogFields.ProviderInputTokens);

    public static readonly int Subject = NumberOf(LogFields.Subject);
    public static readonly int ClientId = NumberOf(LogFields.ClientId);
    public static readonly int Team = NumberOf(LogFields.Team);
    public static readonly int CostCenter = NumberOf(LogFields.CostCenter);
    public static readonly int TenantTier = NumberOf(LogFields.TenantTier);
    public static readonly int Groups = NumberOf(LogFields.Groups);
    public static readonly int Project = NumberOf(LogFields.Project);

    public static readonly int PromptTokens = NumberOf(LogSynonyms.PromptTokens);
    public static readonly int CachedInputTokens = NumberOf(LogSynonyms.CachedInputTokens);
    public static readonly int CacheCreationTokens = NumberOf(LogSynonyms.CacheCreationInputTokens);
    public static readonly int CompletionTokens = NumberOf(LogSynonyms.CompletionTokens);
    public static readonly int Model = NumberOf(LogSynonyms.Model);
    public static readonly int ProviderSynonym = NumberOf(LogSynonyms.Provider);
    public static readonly int OidcData = NumberOf(LogSynonyms.OidcData);
}
