using System.Globalization;
using CsCheck;
using ReviewConsole.Domain.People;

namespace ReviewConsole.Tests.Domain.People;

public sealed class UnitCodeTests
{
    private const string CreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly Gen<string> creditCodes = Gen.Select(
        Gen.Int[0, 30].Array[2],
        Gen.Int[0, 999999],
        Gen.Int[0, 30].Array[9],
        (head, area, body) => WithCreditCheck($"{Written(head)}{area.ToString("000000", CultureInfo.InvariantCulture)}{Written(body)}"));

    private static readonly Gen<string> organisationCodes = Gen.Int[0, 99999999].Select(body => WithOrganisationCheck(body.ToString("00000000", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("91350100M000100Y43")]
    [InlineData("91330100799655058B")]
    [InlineData("914403001922038216")]
    [InlineData(" 91350100m000100y43")]
    public void Credit_codes_that_are_in_use_are_read(string text)
    {
        Assert.True(SocialCreditCode.TryParse(text, out var code, out _));
        Assert.Equal(text.Trim().ToUpperInvariant(), code.Value);
    }

    [Theory]
    [InlineData("D2143569-X", "D2143569X")]
    [InlineData("19220382-1", "192203821")]
    [InlineData("799655058", "799655058")]
    public void Organisation_codes_that_are_in_use_are_read(string text, string value)
    {
        Assert.True(OrganisationCode.TryParse(text, out var code, out _));
        Assert.Equal(value, code.Value);
    }

    [Theory]
    [InlineData(null, "CREDIT_CODE_EMPTY")]
    [InlineData("91350100M000100Y4", "CREDIT_CODE_FORM")]
    [InlineData("9135010OM000100Y43", "CREDIT_CODE_FORM")] // the letter O is not of the alphabet
    [InlineData("91A50100M000100Y43", "CREDIT_CODE_FORM")] // the area is of digits
    [InlineData("91350100M000100Y44", "CREDIT_CODE_CHECK")]
    public void Wrong_credit_codes_are_refused(string? text, string code)
    {
        Assert.False(SocialCreditCode.TryParse(text, out _, out var refusal));
        Assert.Equal(code, refusal.Code);
    }

    [Theory]
    [InlineData("", "ORG_CODE_EMPTY")]
    [InlineData("D2143569", "ORG_CODE_FORM")]
    [InlineData("D214356-9X", "ORG_CODE_FORM")]
    [InlineData("D2143569é", "ORG_CODE_FORM")]
    [InlineData("D2143569-1", "ORG_CODE_CHECK")]
    public void Wrong_organisation_codes_are_refused(string text, string code)
    {
        Assert.False(OrganisationCode.TryParse(text, out _, out var refusal));
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public void In_a_credit_code_every_changed_character_and_every_swap_of_neighbours_is_found() => creditCodes.Sample(
        code =>
        {
            Assert.True(SocialCreditCode.TryParse(code, out _, out _));
            foreach (var wrong in Changes(code, CreditAlphabet).Concat(Swaps(code)))
            {
                Assert.False(SocialCreditCode.TryParse(wrong, out _, out _));
            }
        },
        iter: 30);

    [Fact]
    public void In_an_organisation_code_of_digits_every_changed_digit_and_every_swap_of_neighbours_is_found() => organisationCodes.Sample(
        code =>
        {
            Assert.True(OrganisationCode.TryParse(code, out _, out _));

            // An X swapped into the body is a letter of the value 33, not the check value 10: the standard promises nothing of it.
            foreach (var wrong in Changes(code, "0123456789").Concat(Swaps(code).Where(s => !s[..8].Contains('X', StringComparison.Ordinal))))
            {
                Assert.False(OrganisationCode.TryParse(wrong, out _, out _));
            }
        },
        iter: 50);

    // GB 32100, table of weights; the code here keeps no table.
    private static string WithCreditCheck(string body)
    {
        int[] weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        var sum = body.Zip(weights, (c, w) => CreditAlphabet.IndexOf(c, StringComparison.Ordinal) * w).Sum();
        return body + CreditAlphabet.Single(c => (sum + CreditAlphabet.IndexOf(c, StringComparison.Ordinal)) % 31 == 0);
    }

    // GB 11714 as a congruence: body and check character together are divisible by 11.
    private static string WithOrganisationCheck(string body)
    {
        int[] weights = [3, 7, 9, 10, 5, 8, 4, 2];
        var sum = body.Zip(weights, (c, w) => (c - '0') * w).Sum();
        return body + "0123456789X".Single(c => (sum + (c == 'X' ? 10 : c - '0')) % 11 == 0);
    }

    private static string Written(int[] values) => string.Concat(values.Select(v => CreditAlphabet[v]));

    private static IEnumerable<string> Changes(string code, string alphabet) =>
        from at in Enumerable.Range(0, code.Length) from c in alphabet where c != code[at] select $"{code[..at]}{c}{code[(at + 1)..]}";

    private static IEnumerable<string> Swaps(string code) =>
        from at in Enumerable.Range(0, code.Length - 1) where code[at] != code[at + 1] select $"{code[..at]}{code[at + 1]}{code[at]}{code[(at + 2)..]}";
}
