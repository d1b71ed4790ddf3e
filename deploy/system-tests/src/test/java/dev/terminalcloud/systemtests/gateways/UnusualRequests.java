package dev.terminalcloud.systemtests.gateways;

import java.util.List;

/** Requests that gateways may read differently. */
final class UnusualRequests {
    /** Methods and targets that are not those of the POS API, or are written as no client writes them. */
    static final List<String> STARTS = List.of(
            "POST /POS/Pairing/../Transaction",
            "POST /POS/%2e%2E/admin/devices",
            "POST /../POS/Transaction",
            "POST //POS/Transaction",
            "POST /POS//Transaction",
            "PUT /POS//Pairing/12345678",
            "PUT /POS/Pairing/%2e%2e/Transaction",
            "POST /POS/Transaction;a=b",
            "POST /POS;a=b/Transaction",
            "POST /POS/Transaction/..;/admin/devices",
            "POST /POS%2fTransaction",
            "PUT /POS%2fPairing%2f12345678",
            "POST /POS/Transaction%2F1",
            "POST /POS/Transaction%5c1",
            "POST /POS/Transaction\\1",
            "POST /POS/x%zz",
            "POST /POS/Pairing/1%00",
            "POST http://x/POS/Transaction/../admin/devices",
            "POST /admin/devices/7000000001",
            "GET /q/health",
            "GET /gateway-error",
            "GET /mqtt",
            "POST /POS/Pairing/12345678",
            "TRACE /POS/Transaction",
            "PATCH /POS/Transaction",
            "ABC /POS/Transaction",
            "foo /POS/Transaction",
            "OPTIONS *",
            "CONNECT example.org:443");

    /** Those that nginx answers with 400 itself. */
    static final List<String> MALFORMED_FOR_NGINX = List.of(
            "POST /../POS/Transaction",
            "POST /POS/x%zz",
            "POST /POS/Pairing/1%00",
            "foo /POS/Transaction",
            "OPTIONS *",
            "CONNECT example.org:443");

    static final String UNKNOWN_CODING =
            "POST /POS/Transaction HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n";

    /** One request for a reader of the length; for a reader of chunks a second one follows. */
    static final String HIDDEN_REQUEST =
            """
            POST /POS/Transaction HTTP/1.1\r
            Host: x\r
            Content-Length: 54\r
            Transfer-Encoding: chunked\r
            \r
            0\r
            \r
            GET /POS/Transaction/hidden HTTP/1.1\r
            Host: x\r
            \r
            """;

    /** Requests that are not HTTP, or that two parsers may read differently. */
    static final List<String> NOT_HTTP = List.of(
            "garbage\r\n\r\n",
            "POST /POS/Transaction HTTP/1.1\r\nHost: x\r\nContent-Length: 5x\r\n\r\n",
            "POST /POS/Transaction HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
            "POST /POS/Transaction HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: 0\r\n\r\n",
            UNKNOWN_CODING,
            "GET /POS/Transaction?a=b c HTTP/1.1\r\nHost: x\r\n\r\n");

    private UnusualRequests() {}
}
