namespace ReviewConsole.Domain;

/// <summary>What a use case gives back: its value, or the refusal that says why there is none.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly record struct Answer<T>
{
    private readonly T? value;

    private Answer(T? value, Refusal? refusal)
    {
        this.value = value;
        Refusal = refusal;
    }

    /// <summary>Why it was refused; null when <see cref="Value"/> is there.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The value; asking for it after a refusal is a programming error.</summary>
    /// <exception cref="InvalidOperationException">The use case was refused.</exception>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"refused: {Refusal.Code}");

    /// <summary>A value is an answer.</summary>
    public static implicit operator Answer<T>(T value) => new(value, null);

    /// <summary>A refusal is an answer.</summary>
    public static implicit operator Answer<T>(Refusal refusal) => new(default, refusal);

    /// <summary>Turns the value into another; a refusal stays what it is.</summary>
    public Answer<TNext> Then<TNext>(Func<T, Answer<TNext>> next) => Refusal is null ? next(value!) : Refusal;
}

/// <summary>The value of a use case that has none: it was done.</summary>
public readonly record struct Done;
