using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ClientConnect.Workflows.Flow;

/// <summary>What happened to a run; the only way that one moves.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "stimulus")]
[JsonDerivedType(typeof(RunStarted), "started")]
[JsonDerivedType(typeof(TaskAnswered), "taskAnswered")]
[JsonDerivedType(typeof(DeadlinePassed), "deadlinePassed")]
[JsonDerivedType(typeof(WaitIsOver), "waitIsOver")]
[JsonDerivedType(typeof(RunEnded), "ended")]
[JsonDerivedType(typeof(PlacesGiven), "placesGiven")]
public abstract record Stimulus;

/// <summary>The maker has sent for the first time.</summary>
public sealed record RunStarted : Stimulus;

/// <summary>The task of a waiting step was answered.</summary>
/// <param name="Port">One of the step's ports: <c>approve</c>, <c>return</c>, <c>reject</c>; <c>Done</c> for a correction.</param>
/// <param name="Answer">What else was said; null where nothing.</param>
public sealed record TaskAnswered(string Step, int Visit, string Port, JsonObject? Answer = null) : Stimulus;

/// <summary>A named deadline has passed: every step that waits under it leaves by <c>deadline passed</c>.</summary>
public sealed record DeadlinePassed(string Deadline) : Stimulus;

/// <summary>The moment that a <c>WaitUntil</c> waited for has come.</summary>
public sealed record WaitIsOver(string Step, int Visit) : Stimulus;

/// <summary>Places have become free for the request: every step that waits for them goes on.</summary>
public sealed record PlacesGiven : Stimulus;

/// <summary>Withdrawn or cancelled: all tokens, tasks and deadlines end.</summary>
/// <param name="Reason"><c>withdrawn</c> or <c>cancelled</c>.</param>
public sealed record RunEnded(string Reason) : Stimulus;
