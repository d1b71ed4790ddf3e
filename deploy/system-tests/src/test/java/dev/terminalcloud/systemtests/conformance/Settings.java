package dev.terminalcloud.systemtests.conformance;

import dev.terminalcloud.systemtests.LocalStack;
import dev.terminalcloud.systemtests.Site;
import dev.terminalcloud.systemtests.Site.Credentials;
import dev.terminalcloud.systemtests.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the conformance tests: the system properties {@code conformance.*}.
 *
 * @param remote another running installation; empty for the project's own stack
 * @param slowRows true to run rows that take many minutes or lock this address out
 * @param tokenLifetime the lifetime of polling tokens there
 * @param strictVendor the vendor of all registers, which send their pairing tokens; empty for a vendor that needs none
 * @param callbackHost the name by which that installation reaches this machine
 */
record Settings(
        Optional<Site> remote,
        boolean slowRows,
        Duration tokenLifetime,
        Optional<String> strictVendor,
        Optional<String> callbackHost) {
    private static final Duration PROMISED_TOKEN_LIFETIME = Duration.ofMinutes(15);

    static Settings ofSystemProperties() {
        Optional<Site> remote = property("base-url").map(Settings::siteAt);
        return new Settings(
                remote,
                Boolean.getBoolean("conformance.slow-rows"),
                property("token-lifetime")
                        .map(Duration::parse)
                        .orElse(remote.isPresent() ? PROMISED_TOKEN_LIFETIME : LocalStack.TOKEN_LIFETIME),
                property("strict-vendor"),
                remote.isPresent() ? property("callback-host") : Optional.of("127.0.0.1"));
    }

    private static Site siteAt(String baseUrl) {
        List<Credentials> devices =
                property("devices").map(Settings::credentials).orElse(List.of());
        if (devices.isEmpty()) {
            return new Site(URI.create(baseUrl), Map.of(), devices);
        }
        String mqttUrl = property("mqtt-url")
                .orElseThrow(() -> new IllegalArgumentException(
                        "conformance.devices needs conformance.mqtt-url, the address for devices"));
        String known = mqttUrl.replaceFirst("^ssl:", "mqtts:").replaceFirst("^tcp:", "mqtt:");
        return new Site(URI.create(baseUrl), Map.of(Transport.TCP, URI.create(known)), devices);
    }

    private static List<Credentials> credentials(String text) {
        return Arrays.stream(text.split(",", -1)).map(Settings::oneOf).toList();
    }

    private static Credentials oneOf(String text) {
        String[] parts = text.split(":", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "conformance.devices must be <id>:<secret>,… but has an element without a colon");
        }
        return new Credentials(parts[0], parts[1]);
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty("conformance." + name)).filter(value -> !value.isBlank());
    }

    String description() {
        return remote.map(site -> "Installation: " + site.http()).orElse("Installation: the project's own stack");
    }

    /** Returns a remark for the table: the row was tested with another value than the one of the page. */
    String remarkOn(Row row) {
        return row == Row.TOKEN_EXPIRED && !tokenLifetime.equals(PROMISED_TOKEN_LIFETIME)
                ? " (here configured as " + tokenLifetime.toSeconds() + " s)"
                : "";
    }
}
