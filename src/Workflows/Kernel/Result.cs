namespace ClientConnect.Workflows.Kernel;

/// <summary>
/// The answer of a use case: either what was asked for, or the <see cref="Refusal"/> that says why not.
/// An exception is a bug or the world; an expected no is never thrown.
/// </summary>
public readonly struct Result<T>
{
    private readonly T? value;
    private readonly Refusal? refusal;

    private Result(T value) => this.value = value;

    private Result(Refusal refusal) => this.refusal = refusal;

    public bool IsRefused => refusal is not null;

    /// <summary>Throws when the use case refused: ask <see cref="IsRefused"/> first.</summary>
    public T Value => refusal is null ? value! : throw new InvalidOperationException($"Refused: {refusal}");

    /// <summary>Throws when nothing was refused.</summary>
    public Refusal Refusal => refusal ?? throw new InvalidOperationException("Nothing was refused.");

    public static implicit operator Result<T>(T value) => new(value);

    public static implicit operator Result<T>(Refusal refusal) => new(refusal);

    public TOut Match<TOut>(Func<T, TOut> accepted, Func<Refusal, TOut> refused) =>
        refusal is null ? accepted(value!) : refused(refusal);

    public Result<TOut> Then<TOut>(Func<T, TOut> next) => refusal is null ? next(value!) : refusal;
}

/// <summary>The answer of a use case that has nothing to say but yes.</summary>
public readonly record struct Done
{
    public static readonly Done Value;
}
