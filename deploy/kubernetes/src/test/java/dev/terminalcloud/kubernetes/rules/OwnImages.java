package dev.terminalcloud.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import java.util.Set;
import java.util.stream.Stream;

/** Each image is one that {@code deploy/images} builds, with a tag that is not {@code latest}. */
public final class OwnImages implements Rule {
    private final Set<String> built;

    /** @param built the names of the images, without registry and tag */
    public OwnImages(Set<String> built) {
        this.built = Set.copyOf(built);
    }

    @Override
    public Stream<String> violations(Manifests manifests) {
        return manifests.pods().flatMap(pod -> pod.containers()
                .map(container -> container.path("image").asText())
                .filter(image -> !built.contains(withoutRegistry(withoutTag(image)))
                        || tag(image).matches("|latest"))
                .map(image -> "%s: image must be one of %s with a tag, was %s"
                        .formatted(pod.owner(), built.stream().sorted().toList(), image)));
    }

    /** Returns the name of a container's image, without registry and tag. */
    static String name(JsonNode container) {
        return withoutRegistry(withoutTag(container.path("image").asText()));
    }

    private static String withoutRegistry(String image) {
        return image.substring(image.lastIndexOf('/') + 1);
    }

    private static String withoutTag(String image) {
        String tag = tag(image);
        return tag.isEmpty() ? image : image.substring(0, image.length() - tag.length() - 1);
    }

    private static String tag(String image) {
        int colon = image.lastIndexOf(':');
        return colon > image.lastIndexOf('/') ? image.substring(colon + 1) : "";
    }
}
