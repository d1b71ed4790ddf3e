package dev.terminalcloud.network;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The cipher suites of TLS that are allowed, by their IANA names, the preferred first: all of TLS 1.3, and of TLS 1.2 those with
 * forward secrecy (ECDHE) and authenticated encryption (AEAD).
 */
public enum TlsCipherSuite {
    TLS_AES_256_GCM_SHA384,
    TLS_AES_128_GCM_SHA256,
    TLS_CHACHA20_POLY1305_SHA256,
    TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256;

    /** The versions of TLS with these suites. */
    public static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    /** Returns the names of all suites in their order. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Enum::name).toList();
    }
}
