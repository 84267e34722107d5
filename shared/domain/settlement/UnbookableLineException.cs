namespace AiGateway.Domain.Settlement;

/// <summary>
/// Nothing bounds what this request cost: no hold, no price, or no limit of the model. It must not be booked at zero,
/// nor at
/// an amount out of the air; it is refused with its reason and booked when the price is known.
/// </summary>
/// <remarks>An <see cref="ArgumentException"/>, because only the entry that stands tells whether there is a
/// hold.</remarks>
public sealed class UnbookableLineException(string message) : ArgumentException(message);
