namespace Sidecar.Demo.Edge.Transport;

/// <summary>Raised while a body is being read, caught by the client that knows what it means.</summary>
internal sealed class AnswerTooLargeException() : Exception("the auth server's answer is over maxResponseBodySize");
