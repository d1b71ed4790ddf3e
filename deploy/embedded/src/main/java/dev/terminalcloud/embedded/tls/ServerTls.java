package dev.terminalcloud.embedded.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The TLS files of a server at 127.0.0.1, in PEM.
 *
 * @param authority the certificate of the CA that clients trust
 * @param chain the certificate of the server, then that of the CA
 * @param key the key of the server, which only the owner can read
 */
public record ServerTls(Path authority, Path chain, Path key) {

    /** Returns the files that {@link #create} has written. */
    public static ServerTls in(Path folder) {
        Path absolute = folder.toAbsolutePath();
        return new ServerTls(absolute.resolve("ca.crt"), absolute.resolve("tls.crt"), absolute.resolve("tls.key"));
    }

    /** Writes the files of a new CA and a new certificate, valid for 30 days; replaces earlier ones. */
    public static ServerTls create(Path folder) {
        ServerTls files = in(folder);
        TestAuthority authority = new TestAuthority("Local servers");
        TestCertificate certificate = authority.certify("CN=server");
        try {
            Files.createDirectories(files.key().getParent());
            Files.deleteIfExists(files.key());
            Files.createFile(
                    files.key(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(files.key(), certificate.keyPem());
            Files.writeString(files.authority(), authority.pem());
            Files.writeString(files.chain(), certificate.chainPem());
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to write the TLS files in %s".formatted(folder), e);
        }
    }

    /** Reads one of the files. */
    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
