package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.posapi.LenientFormParser.Field;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LenientFormParserTest {
    @Test
    void namesAndValuesAreDecoded() {
        assertThat(parse("Contact+Name=Ada+%26+Bob&City=K%C3%B6ln"))
                .containsExactly(new Field("Contact Name", "Ada & Bob"), new Field("City", "Köln"));
    }

    @Test
    void valueMayBeEmptyOrHaveAnEqualsSign() {
        assertThat(parse("a=&b=c=d&=e")).containsExactly(new Field("a", ""), new Field("b", "c=d"), new Field("", "e"));
    }

    /** Column two: the value of the one field, although further pieces follow it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                // An empty or blank piece is nothing.
                "AmountTotal=500&|500",
                "AmountTotal=500&&|500",
                "AmountTotal=500&&&&|500",
                "&&AmountTotal=500|500",
                "AmountTotal=500& |500",
                "AmountTotal=500&+|500",
                "AmountTotal=500&%0D%0A|500",
                "POSBusinessName=Shop&&|Shop",
                "POSBusinessName=Shop& |Shop",
                // A value that can't hold a raw & is not continued.
                "AmountTotal=500&debug|500",
                "AmountTotal=500&debug&|500",
                "AmountTotal=500&DEBUG|500",
                "AmountTotal=500&1|500",
                "AmountTotal=500& Chips|500",
                "amounttotal=500&M|500",
                "AmountCash=500&M|500",
                "AmountAuth=500&M|500",
                "AmountFinal=500&M|500",
                "TransactionType=Card.Purchase&Chips|Card.Purchase",
                "TransactionMode=ASYNC&Chips|ASYNC",
                "TransactionMode=&Chips|",
                "Date=20261122&Chips|20261122",
                "merchantAccessToken=f1d7&Chips|f1d7",
                "PosNotificationCallbackUrl=http://pos/cb&Debug|http://pos/cb",
                "Unknown=x&Chips & Peas|x",
                // Free text is, by what can only be part of it.
                "POSBusinessName=Fish & Chips|Fish & Chips",
                "POSBusinessName=Fish+&+Chips|Fish & Chips",
                "POSBusinessName=Fish%20&%20Chips|Fish & Chips",
                "POSBusinessName=Fish+%26+Chips|Fish & Chips",
                "POSBusinessName=Fish & chips|Fish & chips",
                "POSBusinessName=fish &chips|fish &chips",
                "POSBusinessName=fish& chips|fish& chips",
                "posbusinessname=Fish & Chips|Fish & Chips",
                "POSBusinessName=M&M|M&M",
                "POSBusinessName=M&M's|M&M's",
                "POSBusinessName=AT&T|AT&T",
                "POSBusinessName=A&B Store|A&B Store",
                "POSBusinessName=Tom&Jerry|Tom&Jerry",
                "POSBusinessName=R&D&C|R&D&C",
                "POSBusinessName=7&11|7&11",
                "POSBusinessName=Käthe&Söhne|Käthe&Söhne",
                "POSBusinessName=Baker & Sons & Co|Baker & Sons & Co",
                "POSBusinessName=Fish &amp; Chips|Fish &amp; Chips",
                "POSBusinessName=Fish && Chips|Fish & Chips",
                "POSVendorName=M&M|M&M",
                "POSRegisterName=M&M|M&M",
                "POSRegisterID=db/1&2|db/1&2",
                "Contact+Name=Ada & Bob|Ada & Bob",
                "Address=1 & 2 Main St|1 & 2 Main St",
                "TransactionReference=A&B 7|A&B 7",
                // A bare word after it is a flag.
                "POSBusinessName=Shop&debug|Shop",
                "POSBusinessName=Shop&no-cache.v_2|Shop",
                "POSBusinessName=Shop&debug&|Shop",
                "POSBusinessName=Shop&SaleData|Shop",
                "POSBusinessName=Shop&transactionMODE|Shop",
                "POSBusinessName=&Co|",
                "POSBusinessName=&debug|",
                "debug&POSBusinessName=Shop|Shop",
                "Debug & more&POSBusinessName=Shop|Shop",
            })
    void valueIsContinuedOnlyWhereThatIsPlausible(String form, String value) {
        assertThat(parse(form).stream().map(Field::value)).containsExactly(value == null ? "" : value);
        assertThat(values(form + "&State=WA")).isEqualTo((value == null ? "" : value) + "|WA");
        assertThat(values("State=WA&" + form)).startsWith("WA").endsWith("|" + (value == null ? "" : value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"M&M\"}",
                "{\"a\":\"Salt & Vinegar\"}",
                "{\"a\":\"R&D&C\"}",
                "{\"a\":\"salt&pepper\"}",
                "{\"a\":\"x&&y& &z\"}",
                "{\"a\":\"http://shop/?p={id}&b=2&c\"}",
                "{\"a\":\"\\\"}&b\\\\\",\"c\":\"&d\"}",
                "[{\"a\":\"}]&b\"}]",
                "{\"a\":\"x&SaleData\"}"
            })
    void saleDataGoesOnToTheEndOfItsJson(String json) {
        assertThat(values("SaleData=" + json + "&AmountTotal=500&debug")).isEqualTo(json + "|500");
        assertThat(values("SaleData=" + json + "&debug&Debug& Chips")).isEqualTo(json);
        String browser = json.replace("{", "%7B").replace("\"", "%22").replace("}", "%7D");
        assertThat(values("SaleData=" + browser + "&AmountTotal=500")).isEqualTo(json + "|500");
    }

    @Test
    void brokenSaleDataDoesNotSwallowParameters() {
        assertThat(values("SaleData={\"a\":\"x&debug=1&amountTotal=500")).isEqualTo("{\"a\":\"x&debug=1|500");
        assertThat(values("SaleData=&Debug&AmountTotal=500")).isEqualTo("|500");
        assertThat(values("SaleData=\"a\"& b&AmountTotal=500")).isEqualTo("\"a\"|500");
    }

    @Test
    void textBeforeTheFirstNameIsIgnored() {
        assertThat(parse("")).isEmpty();
        assertThat(parse("&&")).isEmpty();
        assertThat(parse("word&a=b")).containsExactly(new Field("a", "b"));
    }

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "a b, a b",
        "a+b, a b",
        "%41, A",
        "%4, %4",
        "%, %",
        "100%, 100%",
        "%zz, %zz",
        "%4g+, '%4g '",
        "%%41, %A",
        "{\"a\":\"b/c:d\"}, {\"a\":\"b/c:d\"}",
        "ä%C3%A4, ää",
        "😀+%F0%9F%98%80, 😀 😀"
    })
    void valueIsDecodedAsFarAsItCanBe(String text, String decoded) {
        assertThat(values("a=" + text)).isEqualTo(decoded);
    }

    @Test
    void invalidBytesStayDistinct() {
        assertThat(values("a=K%F6ln&b=K%FCln&c=%ff%fe&d=%80&e=%C3%B6")).isEqualTo("Köln|Küln|ÿþ|\u0080|ö");
        assertThat(LenientFormParser.parse("a=Kö&Kö=b".getBytes(ISO_8859_1), RequestCharset.DEFAULT))
                .containsExactly(new Field("a", "Kö"), new Field("Kö", "b"));
    }

    @Test
    void charsetOfTheBodyCounts() {
        assertThat(LenientFormParser.parse("a=K%F6ln+ö".getBytes(ISO_8859_1), new RequestCharset(ISO_8859_1)))
                .containsExactly(new Field("a", "Köln ö"));
    }

    @Test
    void numberOfPiecesAndFieldsIsLimited() {
        assertThat(parse("&".repeat(999))).isEmpty();
        assertThatThrownBy(() -> parse("&".repeat(1_000)))
                .hasMessage("Body and query must each have at most 1000 pieces separated by &");
        assertThat(parse("a=&".repeat(200))).hasSize(200);
        assertThatThrownBy(() -> parse("a=&".repeat(201)))
                .hasMessage("Body and query must each have at most 200 parameters");
    }

    private static String values(String form) {
        return parse(form).stream().map(Field::value).collect(Collectors.joining("|"));
    }

    private static List<Field> parse(String text) {
        return LenientFormParser.parse(text.getBytes(UTF_8), RequestCharset.DEFAULT);
    }
}
