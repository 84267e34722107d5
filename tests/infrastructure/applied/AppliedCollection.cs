namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>One apply for all tests that look at its result.</summary>
[CollectionDefinition(Name)]
public sealed class AppliedCollection : ICollectionFixture<AppliedInfrastructure>
{
    public const string Name = "applied";
}
