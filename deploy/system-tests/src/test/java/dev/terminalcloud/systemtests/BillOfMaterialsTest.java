package dev.terminalcloud.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.systemtests.BillOfMaterials.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bills of materials of what is shipped: complete, of the versions that the parent POM names, and under licences that allow it. */
class BillOfMaterialsTest {
    private static final String OWN_GROUP = "dev.terminalcloud";

    /** Licences that allow to ship a library unchanged, without conditions for the rest; one of a library's licences is enough. */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "UPL-1.0",
            "GPL-2.0-with-classpath-exception",
            "Public Domain");

    /** Has versions of its own. */
    private static final String FILE_SYSTEMS = "quarkus-fs-util";

    @ParameterizedTest
    @ValueSource(strings = {"pairing-service", "transaction-service", "device-connector"})
    void billIsCycloneDx(String service) {
        BillOfMaterials bill = BillOfMaterials.of(service);

        assertThat(bill.format()).isEqualTo("CycloneDX");
        assertThat(bill.specVersion()).isEqualTo("1.6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pairing-service", "transaction-service", "device-connector"})
    void billHasEachShippedLibrary(String service) throws IOException {
        List<Component> components = BillOfMaterials.of(service).components();

        assertThat(shippedLibraries(service)).isNotEmpty().allSatisfy(jar -> assertThat(components)
                .anyMatch(component -> component.isIn(jar)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pairing-service", "transaction-service", "device-connector"})
    void versionsAreThoseOfTheParentPom(String service) throws IOException {
        List<Component> components = BillOfMaterials.of(service).components();

        assertThat(components)
                .filteredOn(component -> component.group().equals("io.quarkus")
                        && !component.name().equals(FILE_SYSTEMS))
                .isNotEmpty()
                .allMatch(component -> component.version().equals(version("quarkus.version")));
        assertThat(components)
                .filteredOn(component -> component.group().equals("org.apache.kafka"))
                .isNotEmpty()
                .allMatch(component -> component.version().equals(version("kafka.version")));
        assertThat(components)
                .filteredOn(component -> component.group().equals("io.netty"))
                .isNotEmpty()
                .allMatch(component -> component.version().equals(version("netty.version")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pairing-service", "transaction-service", "device-connector"})
    void licencesAllowToShip(String service) {
        assertThat(BillOfMaterials.of(service).components())
                .filteredOn(component -> !component.group().equals(OWN_GROUP))
                .allMatch(
                        component -> component.licences().stream().anyMatch(ALLOWED::contains),
                        "has a licence that allows to ship it");
    }

    /** Returns the names of the jars beside the service's own. */
    private static List<String> shippedLibraries(String service) throws IOException {
        Path folder = Installation.root().resolve(service).resolve("target/quarkus-app/lib");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }

    private static String version(String property) {
        try {
            String pom = Files.readString(Installation.root().resolve("pom.xml"));
            Matcher matcher =
                    Pattern.compile("<%1$s>(.+)</%1$s>".formatted(property)).matcher(pom);
            assertThat(matcher.find()).as(property).isTrue();
            return matcher.group(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
