package dev.terminalcloud.posapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MediaType;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PosParametersTest {
    private static final MediaType FORM = MediaType.APPLICATION_FORM_URLENCODED_TYPE;
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE;

    @Test
    void parametersMayBeInTheQueryAlone() {
        PosParameters parameters = PosParameters.read("POSRegisterID=1&City=K%C3%B6ln", null, new byte[0]);

        assertThat(parameters.get("POSRegisterID")).contains("1");
        assertThat(parameters.get("City")).contains("Köln");
    }

    @Test
    void queryThatIsNotEncodedIsReadAsUtf8() {
        String asTheHttpParserGivesIt = new String("POSBusinessName=Café 5%".getBytes(UTF_8), ISO_8859_1);
        assertThat(PosParameters.read(asTheHttpParserGivesIt, null, null).get("POSBusinessName"))
                .contains("Café 5%");
    }

    @Test
    void bodyWinsOverTheQuery() {
        PosParameters parameters = read("a=query&b=query", FORM, "a=body");

        assertThat(parameters.get("a")).contains("body");
        assertThat(parameters.get("b")).contains("query");
    }

    @Test
    void nameIsMatchedInAnyCase() {
        PosParameters parameters = read("posREGISTERid=query", FORM, "POSRegisterId=body");

        assertThat(parameters.get("POSRegisterID")).contains("body");
    }

    @Test
    void firstOfSeveralEqualNamesCounts() {
        assertThat(read(null, FORM, "a=1&A=2").get("a")).contains("1");
    }

    @Test
    void bodyWithoutAContentTypeIsAForm() {
        assertThat(read(null, null, "a=b").get("a")).contains("b");
        assertThat(read(null, MediaType.TEXT_PLAIN_TYPE, "a=b").get("a")).contains("b");
    }

    @Test
    void bodyIsReadInItsCharsetAndTheQueryInUtf8() {
        byte[] body = "a=ö".getBytes(ISO_8859_1);
        MediaType latin = new MediaType("application", "x-www-form-urlencoded", Map.of("charset", "iso-8859-1"));

        PosParameters parameters = PosParameters.read("b=%C3%B6", latin, body);

        assertThat(parameters.get("a")).contains("ö");
        assertThat(parameters.get("b")).contains("ö");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "no such charset", ""})
    void unknownCharsetIsReadAsUtf8(String charset) {
        MediaType type = new MediaType("application", "x-www-form-urlencoded", Map.of("charset", charset));

        assertThat(read(null, type, "a=ö").get("a")).contains("ö");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ISO-2022-CN",
                "x-JISAutoDetect",
                "utf-16",
                "UTF-16LE",
                "utf-32",
                "IBM037",
                "ISO-2022-JP",
                "iso-8859-15",
                "Shift_JIS",
                "GB18030",
                "Big5"
            })
    void otherCharsetIsRejected(String charset) {
        for (MediaType type : List.of(FORM, JSON, MediaType.TEXT_PLAIN_TYPE)) {
            assertThatThrownBy(() -> read(null, type.withCharset(charset), "a=b+c"))
                    .isInstanceOf(ApiException.class)
                    .hasMessage("The charset must be UTF-8, ISO-8859-1, windows-1252 or US-ASCII, was "
                            + Charset.forName(charset).name())
                    .extracting(refusal -> ((ApiException) refusal).status())
                    .isEqualTo(415);
            assertThat(read("a=b", type.withCharset(charset), "").get("a")).contains("b");
        }
    }

    @Test
    void exactlyFourCharsetsOfThePlatformAreRead() {
        Set<String> read = new HashSet<>();
        Charset.availableCharsets().forEach((name, charset) -> {
            try {
                assertThat(read(null, FORM.withCharset(name), "a=%41+b%2Bc").get("a"))
                        .contains("A b+c");
                read.add(name);
            } catch (ApiException e) {
                assertThat(e.status()).isEqualTo(415);
            }
        });
        assertThat(read).containsExactlyInAnyOrder("UTF-8", "ISO-8859-1", "windows-1252", "US-ASCII");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "utf-8",
                "UTF8",
                "us-ascii",
                "ascii",
                "ANSI_X3.4-1968",
                "iso-8859-1",
                "latin1",
                "ISO8859_1",
                "l1",
                "windows-1252",
                "Windows-1252",
                "cp1252"
            })
    void charsetMayHaveAnyOfItsNames(String charset) {
        Charset sent = Charset.forName(charset);
        String text = sent.newEncoder().canEncode('é') ? "é+%26" : "x+%26";

        PosParameters parameters = PosParameters.read(null, FORM.withCharset(charset), ("a=" + text).getBytes(sent));

        assertThat(parameters.get("a")).contains(text.charAt(0) + " &");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "utf-8", "us-ascii", "x-unknown"})
    void bytesThatAreInvalidStayDistinct(String charset) {
        MediaType type = charset.isEmpty() ? FORM : FORM.withCharset(charset);
        Set<String> ids = new HashSet<>();
        for (int id = 0x80; id <= 0xff; id++) {
            byte[] raw = ("POSRegisterID=till-" + (char) id).getBytes(ISO_8859_1);
            String escaped = "POSRegisterID=till-%%%02X".formatted(id);
            String value =
                    PosParameters.read(null, type, raw).get("POSRegisterID").orElseThrow();

            assertThat(value).isEqualTo("till-" + (char) id);
            assertThat(read(null, type, escaped).get("POSRegisterID")).contains(value);
            assertThat(PosParameters.read(escaped, null, null).get("POSRegisterID"))
                    .contains(value);
            ids.add(value);
        }
        assertThat(ids).hasSize(0x80);
    }

    @Test
    void byteOrderMarkBeforeTheBodyIsSkipped() {
        assertThat(read(null, FORM, "\uFEFFa=b").get("a")).contains("b");
        assertThat(read(null, FORM.withCharset("windows-1252"), "\uFEFFa=b").get("a"))
                .contains("b");
        assertThat(read(null, JSON, "\uFEFF{\"a\":\"b\"}").get("a")).contains("b");
        assertThat(read("a=b", JSON, "\uFEFF").get("a")).contains("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "Multipart/Form-Data; boundary=b", "multipart/mixed; boundary=b"})
    void multipartBodyIsRejected(String type) {
        String body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n";

        assertThatThrownBy(() -> read("a=b", MediaType.valueOf(type), body))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("The body must be a form or JSON, was multipart/")
                .extracting(refusal -> ((ApiException) refusal).status())
                .isEqualTo(415);
        assertThat(read("a=b", MediaType.valueOf(type), "").get("a")).contains("b");
        assertThat(read(null, MediaType.valueOf(type), "a=b").get("a")).contains("b");
    }

    @Test
    void jsonIsReadInItsCharset() {
        byte[] latin = "{\"a\":\"ö\"}".getBytes(ISO_8859_1);

        assertThat(PosParameters.read(null, JSON.withCharset("iso-8859-1"), latin)
                        .get("a"))
                .contains("ö");
    }

    @Test
    void jsonHasAtMost200Members() {
        String members =
                IntStream.range(0, 200).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(","));

        assertThat(read(null, JSON, "{" + members + "}").get("m199")).contains("1");
        assertThatThrownBy(() -> read(null, JSON, "{" + members + ",\"x\":1}"))
                .hasMessage("Body and query must each have at most 200 parameters");
    }

    @Test
    void jsonMembersAreParameters() {
        PosParameters parameters =
                read(null, JSON, "{\"a\":\"text\",\"b\":12,\"c\":true,\"d\":null,\"e\":{\"f\":[1]}}");

        assertThat(parameters.get("A")).contains("text");
        assertThat(parameters.get("b")).contains("12");
        assertThat(parameters.get("c")).contains("true");
        assertThat(parameters.get("d")).isEmpty();
        assertThat(parameters.get("e")).contains("{\"f\":[1]}");
    }

    @Test
    void jsonValueIsItsText() {
        PosParameters parameters = read(
                null,
                JSON,
                "{\"a\":1.10,\"b\":\"1\",\"B\":\"2\",\"b\":\"3\",\"c\":1,\"c\":null,\"d\": [ 1.0, {\"ä\":\"]\"} ] }");

        assertThat(parameters.get("a")).contains("1.10");
        assertThat(parameters.get("b")).contains("3");
        assertThat(parameters.get("c")).isEmpty();
        assertThat(parameters.get("d")).contains("[ 1.0, {\"ä\":\"]\"} ]");
    }

    @Test
    void jsonHasAtMost100Levels() {
        String deep = "{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}";

        assertThat(read(null, JSON, deep).get("a")).isPresent();
        assertThatThrownBy(() -> read(null, JSON, "{\"a\":" + deep + "}"))
                .hasMessage("The body must be JSON of at most 100 levels");
        assertThatThrownBy(() -> read(null, JSON, "{\"a\":".repeat(40_000)))
                .hasMessage("The body must be JSON of at most 100 levels");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|The body is not valid JSON",
                "{\"a\":[1,]}|The body is not valid JSON",
                "{\"a\":[1}|The body is not valid JSON",
                "[]|The body must be a JSON object",
                "1|The body must be a JSON object"
            })
    void jsonThatIsNotAnObjectIsRejected(String body, String text) {
        assertThatThrownBy(() -> read(null, JSON, body))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith(text)
                .extracting(refusal -> ((ApiException) refusal).status())
                .isEqualTo(400);
    }

    @Test
    void emptyJsonBodyHasNoParameters() {
        assertThat(read("a=b", JSON, "").get("a")).contains("b");
    }

    @Test
    void mandatoryParameterIsNamedIfItIsMissingEmptyOrTooLong() {
        PosParameters parameters = read(null, FORM, "empty=&long=12345&emoji=😀😀😀");

        assertThatThrownBy(() -> parameters.required("absent", 4)).hasMessage("absent is missing");
        assertThatThrownBy(() -> parameters.required("empty", 4)).hasMessage("empty is missing");
        assertThatThrownBy(() -> parameters.required("long", 4)).hasMessage("long must be at most 4 characters");
        assertThat(parameters.required("long", 5)).isEqualTo("12345");
        assertThat(parameters.required("emoji", 3)).isEqualTo("😀😀😀");
    }

    @Test
    void optionalParameterMayBeAbsentOrEmptyButNotTooLong() {
        PosParameters parameters = read(null, FORM, "empty=&long=12345");

        assertThat(parameters.optional("absent", 4)).isEmpty();
        assertThat(parameters.optional("empty", 4)).isEmpty();
        assertThatThrownBy(() -> parameters.optional("long", 4)).hasMessage("long must be at most 4 characters");
    }

    @Test
    void unstorableValueIsRejectedByName() {
        assertThatThrownBy(() -> read(null, FORM, "a=x%00y")).hasMessage("a must not contain U+0000");
        assertThatThrownBy(() -> read("a%00b=x", FORM, "")).hasMessage("ab must not contain U+0000");
        assertThatThrownBy(() -> read(null, JSON, "{\"a\":\"\\udc00\"}"))
                .hasMessage("a must not contain an unpaired surrogate");
    }

    @Test
    void bodyOfMoreThan256KibIsRefused() {
        String maxLength = "a=" + "x".repeat(256 * 1024 - 2);

        assertThat(read(null, FORM, maxLength).get("a")).isPresent();
        assertThatThrownBy(() -> read(null, FORM, maxLength + "x"))
                .isInstanceOf(ApiException.class)
                .extracting(refusal -> ((ApiException) refusal).status())
                .isEqualTo(413);
    }

    private static PosParameters read(String query, MediaType type, String body) {
        return PosParameters.read(query, type, body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void jsonInUnitsOfSeveralBytesIsNotUtf8(String charset) {
        byte[] body = "{\"a\":\"b\"}".getBytes(Charset.forName(charset));

        assertThatThrownBy(() -> PosParameters.read(null, MediaType.APPLICATION_JSON_TYPE, body))
                .hasMessage("The body must be JSON in UTF-8");
    }
}
