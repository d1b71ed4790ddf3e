package dev.terminalcloud.local.gateway;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file as it is sent to browsers.
 *
 * @param tag its entity tag, which changes with the content
 */
record StaticFile(Buffer content, String type, String tag) {
    private static final Pattern NAME =
            Pattern.compile("/(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\\.[A-Za-z0-9]+");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("yaml", "application/yaml"),
            Map.entry("yml", "application/yaml"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    /**
     * Returns whether the folder has this file: with an extension, below folders without a dot. A folder itself and a hidden file do not
     * count.
     *
     * @param name its path in the folder, with a slash before it
     */
    static boolean exists(String folder, String name) {
        return NAME.matcher(name).matches() && StaticFile.class.getClassLoader().getResource(folder + name) != null;
    }

    /**
     * Returns the file, if it exists.
     *
     * @param name its path in the folder, with a slash before it
     */
    static Optional<StaticFile> read(String folder, String name) {
        try (InputStream file = StaticFile.class.getClassLoader().getResourceAsStream(folder + name)) {
            return file == null ? Optional.empty() : Optional.of(of(name, file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StaticFile of(String name, byte[] content) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return new StaticFile(
                Buffer.buffer(content), TYPES.getOrDefault(ending, "application/octet-stream"), tagOf(content));
    }

    private static String tagOf(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return "\"%s\"".formatted(HexFormat.of().formatHex(digest, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
