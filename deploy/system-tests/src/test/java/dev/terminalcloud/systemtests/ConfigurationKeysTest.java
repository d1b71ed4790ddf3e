package dev.terminalcloud.systemtests;

import static dev.terminalcloud.systemtests.ProductionClasses.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A configuration key that is added has an effect. */
class ConfigurationKeysTest {
    private static final String CONFIG_MAPPING = "io.smallrye.config.ConfigMapping";
    private static final String VALIDATOR = "ConfigurationValidator";

    /** Keys whose effect is elsewhere: in {@code application.properties}, or the validation itself. */
    private static final Set<String> EFFECT_IS_ELSEWHERE = Set.of(
            "AdministrationConfiguration.password", "AdministrationConfiguration.viewerPassword", "Tls.required");

    /** A check of the range of a value is not an effect of the value. */
    @Test
    void eachKeyIsReadByMoreThanItsValidation() {
        List<JavaMethod> keys = groups().stream()
                .flatMap(group -> group.getMethods().stream())
                .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                .toList();

        assertThat(keys).isNotEmpty();
        assertThat(keys)
                .filteredOn(key -> key.getAccessesToSelf().stream()
                        .map(JavaAccess::getOriginOwner)
                        .allMatch(reader -> reader.getSimpleName().equals(VALIDATOR)))
                .extracting(key -> key.getOwner().getSimpleName() + "." + key.getName())
                .as("keys that nothing reads")
                .containsExactlyInAnyOrderElementsOf(EFFECT_IS_ELSEWHERE);
    }

    /** Returns the mappings of the configuration, and the groups of keys in them. */
    private static Set<JavaClass> groups() {
        Set<JavaClass> groups = new TreeSet<>((one, other) -> one.getName().compareTo(other.getName()));
        Deque<JavaClass> found = new ArrayDeque<>(SERVICES.stream()
                .filter(type -> type.isAnnotatedWith(CONFIG_MAPPING))
                .toList());
        while (!found.isEmpty()) {
            JavaClass group = found.remove();
            if (groups.add(group)) {
                group.getMethods().stream()
                        .map(JavaMethod::getRawReturnType)
                        .filter(type -> type.isInterface() && SERVICES.contain(type.getName()))
                        .forEach(found::add);
            }
        }
        return groups;
    }
}
