using System.Globalization;

namespace AiGateway.Domain;

/// <summary>An amount of US dollars, exact to twelve decimals. May be negative (a correction, negative savings).</summary>
public readonly record struct Usd : IComparable<Usd>
{
    /// <summary>The decimals that are kept: one millionth of a millionth of a dollar.</summary>
    public const int DecimalsMax = 12;

    public static readonly Usd Zero = new(0m);

    public Usd(decimal amount)
    {
        if (amount.Scale > DecimalsMax && decimal.Round(amount, DecimalsMax, MidpointRounding.ToEven) != amount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(amount), amount, $"An amount has at most {DecimalsMax} decimals: round it on purpose.");
        }

        Amount = amount;
    }

    public decimal Amount { get; private init; }

    /// <summary>For what is billed: half to even, so that many roundings do not drift.</summary>
    public static Usd RoundHalfEven(decimal amount) =>
        amount.Scale <= DecimalsMax
            ? new() { Amount = amount }
            : new() { Amount = decimal.Round(amount, DecimalsMax, MidpointRounding.ToEven) };

    /// <summary>For what is reserved: never less than what is needed.</summary>
    public static Usd RoundUp(decimal amount) =>
        new() { Amount = decimal.Round(amount, DecimalsMax, MidpointRounding.ToPositiveInfinity) };

    public static Usd operator +(Usd left, Usd right) => new() { Amount = left.Amount + right.Amount };

    public static Usd operator -(Usd left, Usd right) => new() { Amount = left.Amount - right.Amount };

    public static Usd operator -(Usd value) => new() { Amount = -value.Amount };

    public static bool operator <(Usd left, Usd right) => left.Amount < right.Amount;

    public static bool operator >(Usd left, Usd right) => left.Amount > right.Amount;

    public static bool operator <=(Usd left, Usd right) => left.Amount <= right.Amount;

    public static bool operator >=(Usd left, Usd right) => left.Amount >= right.Amount;

    public static Usd Max(Usd left, Usd right) => left >= right ? left : right;

    public static Usd Min(Usd left, Usd right) => left <= right ? left : right;

    public int CompareTo(Usd other) => Amount.CompareTo(other.Amount);

    /// <summary>A plain decimal string: no exponent, no trailing zeros (<c>0.1</c>, <c>25</c>).</summary>
    public override string ToString() => Amount.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> writes; refuses exponents, signs other than a leading minus, and spaces.</summary>
    public static bool TryParse(string? text, out Usd usd)
    {
        usd = default;
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        if (text is null or ['+', ..] || !decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var amount)
            || decimal.Round(amount, DecimalsMax) != amount)
        {
            return false;
        }

        usd = new Usd(amount);
        return true;
    }
}
