namespace ReviewConsole.Domain.Notices;

/// <summary>The finished words of a notice, in the form of each channel. They name no person: neither name nor document number.</summary>
/// <param name="Sms">Short message, without the sender's signature.</param>
/// <param name="Title">Heading of the message in the app.</param>
/// <param name="Body">Message in the app; lines end with <c>\n</c>.</param>
public sealed record NoticeWords(string Sms, string Title, string Body);
