package dev.terminalcloud.connector.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Key manager that answers each handshake with the current certificate. Thread-safe.
 *
 * <p>A handshake asks for the alias, the key and the chain one after the other. Each certificate has an alias of its own,
 * and the previous one is kept, so that a change between two calls does not mix them.
 */
final class ReloadableKeyStore extends X509ExtendedKeyManager {
    private volatile Served current;
    private volatile Served previous;

    private record Served(String alias, ServerCertificate certificate) {}

    /** Replaces the current certificate. Only one thread may call it at a time. */
    void replace(ServerCertificate certificate) {
        previous = current;
        int number = previous == null ? 0 : Integer.parseInt(previous.alias());
        current = new Served(Integer.toString(number + 1), certificate);
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return chooseServerAlias(keyType, issuers, null);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        Served served = current;
        return served.certificate().key().getAlgorithm().equals(keyType) ? served.alias() : null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        String alias = chooseServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return served(alias).key();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return served(alias).chain().toArray(X509Certificate[]::new);
    }

    /** Returns null: the connector is not a TLS client. */
    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }

    private ServerCertificate served(String alias) {
        return Stream.of(current, previous)
                .filter(served -> served != null && served.alias().equals(alias))
                .findFirst()
                .orElse(current)
                .certificate();
    }
}
