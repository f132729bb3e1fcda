using System.ComponentModel.DataAnnotations;
using ReviewConsole.Domain.Notices;

namespace ReviewConsole.Features.Notify;

/// <summary>Where notices are handed over, section <c>Notify</c>.</summary>
public sealed class NotifySettings : IValidatableObject
{
    /// <summary>How long one try may take. 0.1 to 60 s; 10 s.</summary>
    [Range(0.1, 60)]
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>The gateway of short messages (短信).</summary>
    public GatewaySettings Sms { get; set; } = new();

    /// <summary>The gateway of messages in the app.</summary>
    public GatewaySettings App { get; set; } = new();

    /// <summary>The settings of a channel.</summary>
    public GatewaySettings Of(Channel channel) => channel == Channel.Sms ? Sms : App;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from channel in Enum.GetValues<Channel>()
        let fault = Of(channel).Fault
        where fault is not null
        select new ValidationResult($"Notify:{channel}: {fault}", [channel.ToString()]);
}

/// <summary>One gateway.</summary>
public sealed class GatewaySettings
{
    /// <summary>Fewest characters of a secret.</summary>
    public const int ShortestSecret = 16;

    /// <summary>Absolute http or https address that takes the notices; empty for the mailbox of this installation.</summary>
    public string? Url { get; set; }

    /// <summary>Secret that the gateway checks signatures with; at least 16 characters where there is an address. Never logged.</summary>
    public string? Secret { get; set; }

    internal string? Fault =>
        string.IsNullOrWhiteSpace(Url) ? null
        : !Uri.TryCreate(Url, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) ? "Url must be an absolute http or https address"
        : Secret is null || Secret.Length < ShortestSecret ? $"Secret must have at least {ShortestSecret} characters"
        : null;
}
