namespace AiGateway.Local.DynamoDb;

/// <summary>A tool that DynamoDB Local needs is not there. The message names the command that installs it.</summary>
public sealed class DynamoDbLocalMissingException(string what, string installCommand)
    : Exception($"{what} Install it with: {installCommand}")
{
    public string InstallCommand { get; } = installCommand;
}
