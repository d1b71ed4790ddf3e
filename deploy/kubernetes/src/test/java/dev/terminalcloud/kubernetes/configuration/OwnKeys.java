package dev.terminalcloud.kubernetes.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

/**
 * The keys that our own classes read: of interfaces with {@code @ConfigMapping}, of {@code @ConfigProperty}, and of expressions in {@code
 * application.properties} and in the settings of modules.
 */
final class OwnKeys {
    private static final DotName CONFIG_MAPPING = DotName.createSimple("io.smallrye.config.ConfigMapping");
    private static final DotName WITH_NAME = DotName.createSimple("io.smallrye.config.WithName");
    private static final DotName CONFIG_PROPERTY =
            DotName.createSimple("org.eclipse.microprofile.config.inject.ConfigProperty");
    private static final String MODULE_SETTINGS = "META-INF/microprofile-config.properties";
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^:}$]+)");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private final Index index;
    private final Set<String> keys = new TreeSet<>();

    private OwnKeys(Index index) {
        this.index = index;
    }

    /** Reads the keys of the classes in jars, and of the file. */
    static Set<String> read(List<Path> jars, Path applicationProperties) {
        try {
            OwnKeys own = new OwnKeys(index(jars));
            own.index.getAnnotations(CONFIG_MAPPING).forEach(own::addMapping);
            own.index.getAnnotations(CONFIG_PROPERTY).stream()
                    .filter(property -> property.value("name") != null)
                    .forEach(property -> own.keys.add(property.value("name").asString()));
            own.addExpressions(Files.readString(applicationProperties));
            for (Path jar : jars) {
                own.addExpressions(moduleSettings(jar));
            }
            return own.keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Index index(List<Path> jars) throws IOException {
        Indexer indexer = new Indexer();
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile())) {
                for (JarEntry entry : jar.stream()
                        .filter(each -> each.getName().endsWith(".class"))
                        .toList()) {
                    try (InputStream content = jar.getInputStream(entry)) {
                        indexer.index(content);
                    }
                }
            }
        }
        return indexer.complete();
    }

    private static String moduleSettings(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            JarEntry settings = jar.getJarEntry(MODULE_SETTINGS);
            if (settings == null) {
                return "";
            }
            try (InputStream content = jar.getInputStream(settings)) {
                return new String(content.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    private void addExpressions(String settings) {
        EXPRESSION.matcher(settings).results().forEach(expression -> keys.add(expression.group(1)));
    }

    private void addMapping(AnnotationInstance mapping) {
        add(mapping.target().asClass(), mapping.value("prefix").asString());
    }

    private void add(ClassInfo group, String prefix) {
        for (MethodInfo method : group.methods()) {
            if (Modifier.isAbstract(method.flags())) {
                String key = prefix + "." + name(method);
                groupOf(method.returnType()).ifPresentOrElse(nested -> add(nested, key), () -> keys.add(key));
            }
        }
    }

    private Optional<ClassInfo> groupOf(Type type) {
        return Stream.of(type)
                .filter(each -> each.kind() == Type.Kind.CLASS)
                .map(each -> index.getClassByName(each.name()))
                .filter(each -> each != null && each.isInterface())
                .findFirst();
    }

    private static String name(MethodInfo method) {
        AnnotationInstance given = method.annotation(WITH_NAME);
        return given == null
                ? HUMP.matcher(method.name()).replaceAll("-").toLowerCase(Locale.ROOT)
                : given.value().asString();
    }
}
