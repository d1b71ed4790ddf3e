package dev.terminalcloud.systemtests.conformance;

import dev.terminalcloud.systemtests.Installation;
import dev.terminalcloud.systemtests.LocalStack;
import dev.terminalcloud.systemtests.Site;
import dev.terminalcloud.systemtests.Site.Credentials;
import dev.terminalcloud.systemtests.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The settings of the conformance tests: the configuration parameters {@code conformance.*} of a run, which are its system properties.
 *
 * @param remote another running installation; empty for the project's own stack
 * @param slowRows true to run rows that take many minutes or lock this address out
 * @param tokenLifetime the lifetime of polling tokens there
 * @param strictVendor the vendor of all registers, which send their pairing tokens; empty for a vendor that needs none
 * @param callbackHost the name by which that installation reaches this machine
 * @param loopbackClients true if that installation is on this machine, and sees which of its loopback addresses a client has
 * @param table the file of the table; empty for {@link Installation#conformanceTable()}, and to print it
 */
record Settings(
        Optional<Site> remote,
        boolean slowRows,
        Duration tokenLifetime,
        Optional<String> strictVendor,
        Optional<String> callbackHost,
        boolean loopbackClients,
        Optional<Path> table) {
    private static final Duration PROMISED_TOKEN_LIFETIME = Duration.ofMinutes(15);

    static Settings of(ExtensionContext test) {
        return of(name -> test.getConfigurationParameter("conformance." + name));
    }

    /** Returns the settings of a run with these parameters, each without the beginning {@code conformance.} of its name. */
    static Settings of(Function<String, Optional<String>> parameters) {
        Parameters given = new Parameters(parameters);
        Optional<Site> remote = given.value("base-url").map(given::siteAt);
        return new Settings(
                remote,
                given.isTrue("slow-rows"),
                given.value("token-lifetime")
                        .map(Duration::parse)
                        .orElse(remote.isPresent() ? PROMISED_TOKEN_LIFETIME : LocalStack.TOKEN_LIFETIME),
                given.value("strict-vendor"),
                remote.isPresent() ? given.value("callback-host") : Optional.of("127.0.0.1"),
                remote.isEmpty() || given.isTrue("loopback-clients"),
                given.value("table").map(Path::of));
    }

    private record Parameters(Function<String, Optional<String>> all) {
        Optional<String> value(String name) {
            return all.apply(name).filter(value -> !value.isBlank());
        }

        boolean isTrue(String name) {
            return value(name).filter(Boolean::parseBoolean).isPresent();
        }

        Site siteAt(String baseUrl) {
            URI http = URI.create(baseUrl);
            URI publicUrl = value("public-url").map(URI::create).orElse(http);
            List<Credentials> devices =
                    value("devices").map(Settings::credentials).orElse(List.of());
            if (devices.isEmpty()) {
                return new Site(http, publicUrl, Map.of(), devices);
            }
            String mqttUrl = value("mqtt-url")
                    .orElseThrow(() -> new IllegalArgumentException(
                            "conformance.devices needs conformance.mqtt-url, the address for devices"));
            String known = mqttUrl.replaceFirst("^ssl:", "mqtts:").replaceFirst("^tcp:", "mqtt:");
            return new Site(http, publicUrl, Map.of(Transport.TCP, URI.create(known)), devices);
        }
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
