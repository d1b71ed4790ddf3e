package dev.terminalcloud.kubernetes.rules;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.terminalcloud.kubernetes.manifest.Manifest;
import dev.terminalcloud.kubernetes.manifest.Manifests;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Objects of Kubernetes' own kinds have the members and types of its API: the typed model refuses unknown members. */
public final class BuiltInTypes implements Rule {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    @Override
    public Stream<String> violations(Manifests manifests) {
        return manifests.all().stream()
                .flatMap(manifest -> model(manifest).stream().flatMap(model -> violation(manifest, model).stream()));
    }

    /** Returns whether each cluster knows the kind, without an operator. */
    public static boolean isBuiltIn(Manifest manifest) {
        return model(manifest).isPresent();
    }

    /** Returns the model of the kind, empty if it is not a kind of Kubernetes itself. */
    private static Optional<Class<?>> model(Manifest manifest) {
        String version = manifest.apiVersion();
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        if ((group.contains(".") && !group.endsWith("k8s.io")) || group.startsWith("gateway.")) {
            return Optional.empty();
        }
        String number = version.substring(version.indexOf('/') + 1);
        String name = number.substring(0, 1).toUpperCase(Locale.ROOT) + number.substring(1) + manifest.kind();
        try {
            return Optional.of(Class.forName(MODELS + name));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> violation(Manifest manifest, Class<?> model) {
        JsonElement json = JsonParser.parseString(manifest.json().toString());
        try {
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            var unused = JSON.getGson().fromJson(json, model);
            return Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of("%s: %s".formatted(manifest, firstSentence(e.getCause())));
        } catch (JsonParseException | IllegalArgumentException e) {
            return Optional.of("%s: %s".formatted(manifest, firstSentence(e)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rest repeats the whole object. */
    private static String firstSentence(Throwable failure) {
        return String.valueOf(failure.getMessage()).replaceAll("(?s) JSON: .*| in the JSON string is not found.*", "");
    }
}
