namespace ClientConnect.Workflows.Access;

/// <summary>Passwords in the form in which they are stored; the host brings the method. Slow on purpose.</summary>
public interface IPasswordHasher
{
    string Hash(string password);

    bool Matches(string hash, string password);
}

/// <summary>Protects what must be readable again by us alone, with keys that all hosts share.</summary>
public interface ISecretProtector
{
    string Protect(string secret);

    /// <summary>Null where it was protected by a key that is gone, or was tampered with.</summary>
    string? Unprotect(string secret);
}
