namespace Sidecar.ControlPlane.Flows.Challenges;

/// <summary>What is wrong with an answer: a text for people and a code for programs.</summary>
public sealed record ErrorDetail(string String, string Code);
