package dev.terminalcloud.connector.fake;

import dev.terminalcloud.embedded.tls.TestAuthority;
import dev.terminalcloud.embedded.tls.TestCertificate;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The connector's TLS files, mounted as by Kubernetes: each change swaps a link. */
public final class TlsFolder implements QuarkusTestResourceLifecycleManager {
    private final TestAuthority servers = new TestAuthority("Test servers");
    private final TestAuthority devices = new TestAuthority("Test devices");
    private Path folder;
    private int version;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("tls");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serveUsual();
        Path current = folder.resolve("current");
        return Map.of(
                "connector.tls.required", "true",
                "connector.tls.certificate-chain", current.resolve("tls.crt").toString(),
                "connector.tls.key", current.resolve("tls.key").toString(),
                "connector.tls.device-ca-certificates",
                        current.resolve("ca.crt").toString(),
                "connector.tls.mqtt-port", "0",
                "connector.tls.web-socket-port", "0",
                "connector.tls.reload-period", "1s");
    }

    /** Returns the CA of the connector. */
    public TestAuthority servers() {
        return servers;
    }

    /** Returns the CA of the devices. */
    public TestAuthority devices() {
        return devices;
    }

    /** Returns the TLS settings of a device that trusts the connector and has no certificate. */
    public TlsPeer device() {
        return TlsPeer.trusting(servers);
    }

    /** Puts a new certificate in place; returns it. */
    public TestCertificate serveUsual() {
        TestCertificate certificate = servers.certify("CN=connector");
        serve(certificate.chainPem(), certificate.keyPem(), List.of(devices));
        return certificate;
    }

    /** Puts other contents in place of all three files, at once. */
    public void serve(String chain, String key, List<TestAuthority> authorities) {
        version++;
        StringBuilder bundle = new StringBuilder();
        authorities.forEach(authority -> bundle.append(authority.pem()));
        try {
            Path contents = Files.createDirectory(folder.resolve("version-" + version));
            Files.writeString(contents.resolve("tls.crt"), chain);
            Files.writeString(contents.resolve("tls.key"), key);
            Files.writeString(contents.resolve("ca.crt"), bundle);
            Path link = Files.createSymbolicLink(folder.resolve("next"), contents);
            Files.move(link, folder.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(TlsFolder.class));
    }

    @Override
    public void stop() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
