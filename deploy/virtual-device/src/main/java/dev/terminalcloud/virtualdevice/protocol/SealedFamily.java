package dev.terminalcloud.virtualdevice.protocol;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Arrays;
import java.util.stream.Stream;

/** The records of a sealed interface that have a name on the wire: Jackson must be told of them. */
public final class SealedFamily {
    private SealedFamily() {}

    /** All of them, those of sealed interfaces inside it included. */
    public static Class<?>[] namedRecords(Class<?> family) {
        return named(family).toArray(Class<?>[]::new);
    }

    private static Stream<Class<?>> named(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .flatMap(type -> type.isRecord() ? Stream.of(type) : named(type))
                .filter(type -> type.isAnnotationPresent(JsonTypeName.class));
    }
}
