package dev.terminalcloud.systemtests;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The packages of the project by the classes in them, and which of them each depends on. A package counts together with the packages
 * below it, and has the name of the one level below {@code dev.terminalcloud}.
 */
final class PackageDependencies {
    private static final String ROOT = "dev.terminalcloud.";

    private PackageDependencies() {}

    /** Returns the packages that classes of each package depend on, without itself. */
    static Map<String, Set<String>> of(Iterable<JavaClass> classes) {
        Map<String, Set<String>> packages = new TreeMap<>();
        for (JavaClass from : classes) {
            String name = packageOf(from);
            Set<String> used = packages.computeIfAbsent(name, any -> new TreeSet<>());
            usedBy(from).filter(other -> !other.equals(name)).forEach(used::add);
        }
        return packages;
    }

    private static Stream<String> usedBy(JavaClass from) {
        return from.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(target -> target.getName().startsWith(ROOT))
                .map(PackageDependencies::packageOf);
    }

    private static String packageOf(JavaClass type) {
        if (!type.getPackageName().startsWith(ROOT)) {
            throw new IllegalArgumentException(type.getName() + " must be in a package below dev.terminalcloud");
        }
        String name = type.getPackageName().substring(ROOT.length());
        int end = name.indexOf('.');
        return end < 0 ? name : name.substring(0, end);
    }
}
