package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.posapi.LenientFormParser.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void rawAmpersandBelongsToTheValueBeforeIt() {
        assertThat(parse("name=Baker & Sons & Co&city=Perth"))
                .containsExactly(new Field("name", "Baker & Sons & Co"), new Field("city", "Perth"));
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
        assertThat(LenientFormParser.decode(text, UTF_8)).isEqualTo(decoded);
    }

    @Test
    void invalidBytesAreReplaced() {
        assertThat(LenientFormParser.decode("a%FFb", UTF_8)).isEqualTo("a\uFFFDb");
    }

    @Test
    void charsetOfTheBodyCounts() {
        assertThat(LenientFormParser.decode("K%F6ln", ISO_8859_1)).isEqualTo("Köln");
    }

    private static List<Field> parse(String text) {
        return LenientFormParser.parse(text, UTF_8);
    }
}
