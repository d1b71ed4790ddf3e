package dev.terminalcloud.systemtests.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** A way to corrupt one parameter. */
enum ParameterCorruption {
    ABSENT,
    EMPTY,
    HUGE,
    WRONG_TYPE,
    CONTROL_CHARACTERS,
    NUL,
    INVALID_UTF8,
    BROKEN_ESCAPE,
    DUPLICATE,
    DEEP_JSON,
    SYNTAX_OF_OTHERS,
    UNUSUAL_UNICODE,
    HALF_SURROGATE,
    OTHER_CASE;

    private static final List<String> WRONG_TYPES = List.of(
            "true",
            "null",
            "[]",
            "{}",
            "[1,2]",
            "-1",
            "0",
            "+5",
            "1e9",
            "5.00",
            "5,00",
            "0x10",
            "NaN",
            "1000000000",
            "99999999999999999999",
            "٣",
            " 5",
            "5 ",
            "1_000");
    private static final List<String> CONTROLS =
            List.of("\u0001", "a\r\nX-Header: 1", "\t", "\u001b[31m", "\u007f", "\u0085");
    private static final List<byte[]> INVALID = List.of(
            bytes(0xff),
            bytes(0xc3, 0x28),
            bytes(0xed, 0xa0, 0x80),
            bytes(0xf8, 0x88, 0x80, 0x80, 0x80),
            bytes('a', 0x80),
            bytes(0xc0, 0xaf));
    private static final List<String> BROKEN = List.of("%", "%4", "%zz", "100%", "%%%", "%u0041", "a%2");
    private static final List<String> SYNTAX = List.of(
            "' or 1=1 --",
            "\"; drop table transaction; --",
            "<script>alert(1)</script>",
            "${jndi:ldap://x}",
            "../../etc/passwd",
            "a;b",
            "#{7*7}",
            "\\",
            "a=b",
            "?");
    private static final List<String> UNICODE =
            List.of("\ufeff", "\u202e", "e\u0301\u0301\u0301", "\ud83d\udcb3", "\uffff", "ﬃ", "\u200b", "Ａ");

    /**
     * Returns the bytes of the corrupted value, not yet encoded.
     *
     * @param valid the valid value
     */
    byte[] corrupt(String valid, RandomGenerator random) {
        return switch (this) {
            case ABSENT, EMPTY -> new byte[0];
            case HUGE -> "x".repeat(random.nextInt(2_000, 400_000)).getBytes(UTF_8);
            case WRONG_TYPE -> text(WRONG_TYPES, random);
            case CONTROL_CHARACTERS -> (valid + one(CONTROLS, random)).getBytes(UTF_8);
            case NUL -> (valid + "\0").getBytes(UTF_8);
            case INVALID_UTF8 -> INVALID.get(random.nextInt(INVALID.size()));
            case BROKEN_ESCAPE -> text(BROKEN, random);
            case DUPLICATE, HALF_SURROGATE -> valid.getBytes(UTF_8);
            case DEEP_JSON -> deep(random.nextInt(1_000, 60_000));
            case SYNTAX_OF_OTHERS -> text(SYNTAX, random);
            case UNUSUAL_UNICODE -> (valid + one(UNICODE, random)).getBytes(UTF_8);
            case OTHER_CASE -> swapped(valid).getBytes(UTF_8);
        };
    }

    private static byte[] deep(int depth) {
        return ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);
    }

    private static String swapped(String valid) {
        String upper = valid.toUpperCase(Locale.ROOT);
        return upper.equals(valid) ? valid.toLowerCase(Locale.ROOT) : upper;
    }

    private static byte[] text(List<String> texts, RandomGenerator random) {
        return one(texts, random).getBytes(UTF_8);
    }

    private static String one(List<String> texts, RandomGenerator random) {
        return texts.get(random.nextInt(texts.size()));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
