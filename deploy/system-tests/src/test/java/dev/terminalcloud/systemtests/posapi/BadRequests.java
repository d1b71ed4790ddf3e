package dev.terminalcloud.systemtests.posapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Requests that every operation with a body rejects. */
final class BadRequests {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=b";
    private static final String JSON = "application/json";
    private static final byte[] NO_TEXT = {0, 0, 0, '{', 0x7f, 0x7f, 0x7f, 0x7f};

    private BadRequests() {}

    /** Bad requests of a register with its names. */
    static Map<String, Run> ofRegister(String operation, String method, String path) {
        Map<String, Run> runs = of(operation, method, path);
        runs.put(operation + " 400 missing", sending(method, path, FORM, "POSVendorName=V&POSBusinessName=B"));
        runs.put(operation + " 400 tooLong", sending(method, path, FORM, names("x".repeat(129))));
        return runs;
    }

    static Map<String, Run> of(String operation, String method, String path) {
        Map<String, Run> runs = new HashMap<>();
        runs.put(operation + " 400 nulCharacter", sending(method, path, FORM, names("a%00")));
        runs.put(operation + " 400 unpairedSurrogate", sending(method, path, JSON, "{\"POSRegisterID\":\"\\ud800\"}"));
        runs.put(operation + " 400 notJson", sending(method, path, JSON, "{'a':1}"));
        runs.put(operation + " 400 unreadableJson", sending(method, path, JSON, NO_TEXT));
        runs.put(operation + " 400 notAnObject", sending(method, path, JSON, "[]"));
        runs.put(operation + " 400 jsonTooDeep", sending(method, path, JSON, "{\"a\":".repeat(101)));
        runs.put(operation + " 400 tooManyPieces", sending(method, path, FORM, "&".repeat(1_000)));
        runs.put(operation + " 400 tooManyParameters", sending(method, path, FORM, "a=&".repeat(201)));
        runs.put(operation + " 413 bodyTooLarge", sending(method, path, FORM, new byte[256 * 1024 + 1]));
        runs.put(operation + " 415 unsupportedMediaType", sending(method, path, MULTIPART, "--b\r\n\r\n\r\n--b--\r\n"));
        runs.put(operation + " 415 unsupportedCharset", sending(method, path, FORM + "; charset=UTF-16", names("a")));
        return runs;
    }

    private static String names(String registerId) {
        return "POSRegisterID=" + registerId + "&POSRegisterName=R&POSVendorName=V&POSBusinessName=B";
    }

    private static Run sending(String method, String path, String type, String body) {
        return sending(method, path, type, body.getBytes(UTF_8));
    }

    private static Run sending(String method, String path, String type, byte[] body) {
        byte[] sent = Arrays.copyOf(body, body.length);
        return registers -> registers.caller().call(method, path, type, sent);
    }
}
