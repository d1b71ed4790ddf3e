package dev.terminalcloud.kubernetes.rules;

import dev.terminalcloud.kubernetes.manifest.Manifests;
import java.util.stream.Stream;

/** A rule that the objects of an installation must follow. */
@FunctionalInterface
public interface Rule {
    /** Returns what breaks the rule: the object, and what it must be; nothing if it is followed. */
    Stream<String> violations(Manifests manifests);
}
