package dev.terminalcloud.events;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Copies of records, whatever their type. */
final class RecordCopy {
    private RecordCopy() {}

    /** Returns a copy with null for this member, which may belong to a nested record. */
    @SuppressWarnings("unchecked")
    static <R> R without(R original, List<String> member) {
        RecordComponent[] components = original.getClass().getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> valueWithout(original, component, member))
                .toArray();
        try {
            return (R) original.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object valueWithout(Object original, RecordComponent component, List<String> member) {
        Object value = value(original, component);
        if (!component.getName().equals(member.get(0))) {
            return value;
        }
        return member.size() == 1 ? null : without(value, member.subList(1, member.size()));
    }

    private static Object value(Object original, RecordComponent component) {
        try {
            return component.getAccessor().invoke(original);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
