namespace AiGateway.Aws;

/// <summary>How a key attribute is stored: <c>S</c> or <c>N</c>.</summary>
public enum KeyType
{
    S,
    N,
}

/// <summary>An attribute that a key is made of.</summary>
public sealed record KeyAttribute(string Name, KeyType Type);

/// <summary>A sparse index: items without its hash key are not in it.</summary>
/// <param name="Name">As the code and the IAM policy name it.</param>
/// <param name="Hash">Its hash key.</param>
/// <param name="Range">Its range key; null where there is none.</param>
/// <param name="Projected">The attributes that it carries besides the keys; empty: keys only.</param>
public sealed record IndexDefinition(string Name, KeyAttribute Hash, KeyAttribute? Range, IReadOnlyList<string> Projected);

/// <summary>
/// What a table is, as far as the code depends on it. On demand, point-in-time recovery, the customer's key and
/// deletion protection are the
/// same for all, and are Terraform's to say.
/// </summary>
/// <param name="Name">Its short name; the full one is the deployment's prefix and this.</param>
/// <param name="Hash">Its hash key.</param>
/// <param name="Range">Its range key; null where there is none.</param>
/// <param name="Indexes">Its sparse indexes.</param>
/// <param name="TtlAttribute">Seconds since 1970 after which an item may go; null: items stay.</param>
/// <param name="Streamed">Whether its new images feed a stream (alerts → SNS; ledger and audit → Firehose).</param>
public sealed record TableDefinition(
    string Name,
    KeyAttribute Hash,
    KeyAttribute? Range,
    IReadOnlyList<IndexDefinition> Indexes,
    string? TtlAttribute,
    bool Streamed);
