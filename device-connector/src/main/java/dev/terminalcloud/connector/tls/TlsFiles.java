package dev.terminalcloud.connector.tls;

import dev.terminalcloud.connector.config.ConnectorConfiguration.Tls;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The contents of the configured TLS files, as read by one check. Equal if no file has changed. */
record TlsFiles(Buffer certificateChain, Buffer key, Optional<Buffer> deviceAuthorities) {

    /** @throws IOException naming the key and the file that can't be read */
    static TlsFiles read(Tls configuration) throws IOException {
        Buffer chain = read("connector.tls.certificate-chain", configuration.certificateChain());
        Buffer key = read("connector.tls.key", configuration.key());
        Optional<Buffer> authorities = configuration.deviceCaCertificates().isEmpty()
                ? Optional.empty()
                : Optional.of(read("connector.tls.device-ca-certificates", configuration.deviceCaCertificates()));
        return new TlsFiles(chain, key, authorities);
    }

    private static Buffer read(String configurationKey, Optional<Path> file) throws IOException {
        Path path = file.orElseThrow(() -> new IOException(configurationKey + " is not set"));
        try {
            return Buffer.buffer(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new IOException("Failed to read %s: %s".formatted(configurationKey, path), e);
        }
    }
}
