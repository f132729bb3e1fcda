using CsCheck;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Tests.Domain.People;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("13800001234")]
    [InlineData("+8613800001234")]
    [InlineData("0086 138-0000-1234")]
    [InlineData("(+86) 138 0000 1234")]
    [InlineData("＋８６１３８００００１２３４")]
    public void One_number_has_many_spellings(string typed)
    {
        Assert.True(PhoneNumber.TryParse(typed, out var phone, out _));
        Assert.Equal(("13800001234", "138****1234", "138****1234"), (phone.Value, phone.Masked, phone.ToString()));
    }

    [Theory]
    [InlineData(null, "PHONE_EMPTY")]
    [InlineData(" ", "PHONE_EMPTY")]
    [InlineData("12800001234", "PHONE_FORM")]
    [InlineData("1380000123", "PHONE_FORM")]
    [InlineData("138000012345", "PHONE_FORM")]
    [InlineData("010-65000000", "PHONE_FORM")]
    [InlineData("+8513800001234", "PHONE_FORM")]
    [InlineData("+86+8613800001234", "PHONE_FORM")]
    [InlineData("1380000123a", "PHONE_FORM")]
    [InlineData("--", "PHONE_FORM")]
    public void Anything_else_is_refused(string? typed, string code)
    {
        Assert.False(PhoneNumber.TryParse(typed, out _, out var refusal));
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public void Every_mobile_number_is_read_back_and_its_middle_is_hidden() => Gen.Long[13_000_000_000, 19_999_999_999].Sample(number =>
    {
        var typed = $"{number}";
        Assert.True(PhoneNumber.TryParse(typed, out var phone, out _));
        Assert.Equal(typed, phone.Value);
        Assert.Equal($"{typed[..3]}****{typed[^4..]}", phone.Masked);
    });
}
