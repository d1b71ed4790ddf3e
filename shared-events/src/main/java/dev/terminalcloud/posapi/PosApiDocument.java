package dev.terminalcloud.posapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * One service's part of the description of the POS API: the words of its {@code META-INF/openapi.yaml}, completed by what
 * only the code knows. Used while the service is built, and never when it runs.
 *
 * <p>Each method throws {@link IllegalStateException}, which fails the build, if words and code do not fit together.
 */
public final class PosApiDocument {
    private final OpenAPI document;
    private final Set<String> facts = new TreeSet<>();

    public PosApiDocument(OpenAPI document) {
        this.document = document;
    }

    /**
     * The resource with this template is what is described under this path; its methods have to be the described ones.
     *
     * @param template as scanned, without the expressions of its variables
     */
    public PosApiDocument resource(String template, String path) {
        PathItem scanned = item(template);
        PathItem described = item(path);
        check(
                scanned.getOperations()
                        .keySet()
                        .equals(described.getOperations().keySet()),
                "%s has the methods %s, and described are %s"
                        .formatted(
                                path,
                                scanned.getOperations().keySet(),
                                described.getOperations().keySet()));
        document.getPaths().removePathItem(template);
        return this;
    }

    /** The parameter has so many characters at most; a mandatory one has one at least. */
    public PosApiDocument maxLength(String schema, String parameter, int maxLength) {
        Schema described =
                fact(schema, parameter).type(List.of(Schema.SchemaType.STRING)).maxLength(maxLength);
        if (schema(schema).getRequired().contains(parameter)) {
            described.setMinLength(1);
        }
        return this;
    }

    /** The parameter is a string of this form (ECMA-262). */
    public PosApiDocument pattern(String schema, String parameter, String pattern) {
        fact(schema, parameter).type(List.of(Schema.SchemaType.STRING)).pattern(pattern);
        return this;
    }

    /** The parameter is one of these strings. */
    public PosApiDocument values(String schema, String parameter, Stream<String> values) {
        fact(schema, parameter)
                .type(List.of(Schema.SchemaType.STRING))
                .enumeration(values.<Object>map(value -> value).toList());
        return this;
    }

    /** The schema describes the members of what the code writes, which was scanned under another name. */
    public PosApiDocument matchesScanned(String schema, String scanned) {
        Set<String> described = schema(schema).getProperties().keySet();
        Set<String> written = schema(scanned).getProperties().keySet();
        check(described.equals(written), "%s describes %s, and written are %s".formatted(schema, described, written));
        document.getComponents().removeSchema(scanned);
        return this;
    }

    /** Each described member of the schema has got a fact of the code. */
    public PosApiDocument complete(String schema) {
        List<String> unknown = schema(schema).getProperties().keySet().stream()
                .filter(member -> !facts.contains(schema + "." + member))
                .toList();
        check(unknown.isEmpty(), "%s describes %s, which the code does not know".formatted(schema, unknown));
        return this;
    }

    /** The method can be refused for these reasons, beside those of any request. */
    public PosApiDocument errors(String path, PathItem.HttpMethod method, ApiErrorCode[]... families) {
        Operation operation = Optional.ofNullable(item(path).getOperations().get(method))
                .orElseThrow(() -> new IllegalStateException("not described: %s %s".formatted(method, path)));
        DocumentedErrors errors = new DocumentedErrors(operation.getResponses());
        Stream.of(families).flatMap(Stream::of).forEach(errors::add);
        return this;
    }

    /** Adds what all answers have in common. */
    public void finish() {
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(DocumentedErrors::addCorsHeaders));
        document.getComponents()
                .addSchema(DocumentedErrors.SCHEMA, DocumentedErrors.schema())
                .headers(DocumentedErrors.headers(document.getComponents().getHeaders()));
    }

    private PathItem item(String path) {
        return Optional.ofNullable(document.getPaths().getPathItem(path))
                .orElseThrow(() -> new IllegalStateException("%s is none of the paths %s"
                        .formatted(path, document.getPaths().getPathItems().keySet())));
    }

    private Schema fact(String schema, String member) {
        Map<String, Schema> members = schema(schema).getProperties();
        check(members.containsKey(member), "%s.%s is not described".formatted(schema, member));
        facts.add(schema + "." + member);
        return members.get(member);
    }

    private Schema schema(String name) {
        return Optional.ofNullable(document.getComponents().getSchemas().get(name))
                .orElseThrow(() -> new IllegalStateException("the schema %s is not described".formatted(name)));
    }

    private static void check(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalStateException("The description of the POS API and the code differ: " + problem);
        }
    }
}
