package dev.terminalcloud.virtualdevice.protocol;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Arrays;
import java.util.stream.Stream;

/** The records of a sealed interface that have a {@code @JsonTypeName}, which must be registered with Jackson. */
public final class SealedFamily {
    private SealedFamily() {}

    /** Returns all of them, those of nested sealed interfaces included. */
    public static Class<?>[] namedRecords(Class<?> family) {
        return named(family).toArray(Class<?>[]::new);
    }

    private static Stream<Class<?>> named(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .flatMap(type -> type.isRecord() ? Stream.of(type) : named(type))
                .filter(type -> type.isAnnotationPresent(JsonTypeName.class));
    }
}
