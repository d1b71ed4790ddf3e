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
 * One service's part of the OpenAPI description of the POS API: the texts of its {@code META-INF/openapi.yaml}, completed
 * with facts from the code. Used while the service is built, and never when it runs.
 *
 * <p>Each method throws {@link IllegalStateException}, which fails the build, if the texts do not match the code.
 */
public final class PosApiDocument {
    private final OpenAPI document;
    private final Set<String> facts = new TreeSet<>();

    public PosApiDocument(OpenAPI document) {
        this.document = document;
    }

    /**
     * Matches the resource with this template to the described path; both must have the same methods.
     *
     * @param template the path as scanned, without the expressions of its variables
     */
    public PosApiDocument resource(String template, String path) {
        PathItem scanned = item(template);
        PathItem described = item(path);
        check(
                scanned.getOperations()
                        .keySet()
                        .equals(described.getOperations().keySet()),
                "%s implements %s but describes %s"
                        .formatted(
                                path,
                                scanned.getOperations().keySet(),
                                described.getOperations().keySet()));
        document.getPaths().removePathItem(template);
        return this;
    }

    /** Sets the maximum number of characters of the parameter; a mandatory parameter has at least one. */
    public PosApiDocument maxLength(String schema, String parameter, int maxLength) {
        Schema described =
                fact(schema, parameter).type(List.of(Schema.SchemaType.STRING)).maxLength(maxLength);
        if (schema(schema).getRequired().contains(parameter)) {
            described.setMinLength(1);
        }
        return this;
    }

    /** Sets the regular expression of the parameter (ECMA-262). */
    public PosApiDocument pattern(String schema, String parameter, String pattern) {
        fact(schema, parameter).type(List.of(Schema.SchemaType.STRING)).pattern(pattern);
        return this;
    }

    /** Sets the allowed values of the parameter. */
    public PosApiDocument values(String schema, String parameter, Stream<String> values) {
        fact(schema, parameter)
                .type(List.of(Schema.SchemaType.STRING))
                .enumeration(values.<Object>map(value -> value).toList());
        return this;
    }

    /** Checks that the schema describes the members that the code writes, which were scanned under another name. */
    public PosApiDocument matchesScanned(String schema, String scanned) {
        Set<String> described = schema(schema).getProperties().keySet();
        Set<String> written = schema(scanned).getProperties().keySet();
        check(
                described.equals(written),
                "%s describes %s but the code writes %s".formatted(schema, described, written));
        document.getComponents().removeSchema(scanned);
        return this;
    }

    /** Removes schemas that were scanned with others and that nothing refers to. */
    public PosApiDocument withoutScanned(String... scanned) {
        Stream.of(scanned).forEach(name -> {
            schema(name);
            document.getComponents().removeSchema(name);
        });
        return this;
    }

    /** Checks that each described member of the schema has a fact from the code. */
    public PosApiDocument complete(String schema) {
        List<String> unknown = schema(schema).getProperties().keySet().stream()
                .filter(member -> !facts.contains(schema + "." + member))
                .toList();
        check(unknown.isEmpty(), "%s describes unknown members %s".formatted(schema, unknown));
        return this;
    }

    /** Adds these errors to the method, beside those that any request may cause. */
    public PosApiDocument errors(String path, PathItem.HttpMethod method, ApiErrorCode[]... families) {
        Operation operation = Optional.ofNullable(item(path).getOperations().get(method))
                .orElseThrow(() -> new IllegalStateException("not described: %s %s".formatted(method, path)));
        DocumentedErrors errors = new DocumentedErrors(operation.getResponses());
        Stream.of(families).flatMap(Stream::of).forEach(errors::add);
        return this;
    }

    /** Checks that nothing is left undescribed, and adds the schema and the headers that all responses have in common. */
    public void finish() {
        document.getPaths().getPathItems().forEach(PosApiDocument::checkComplete);
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(DocumentedErrors::addCorsHeaders));
        document.getComponents()
                .addSchema(DocumentedErrors.SCHEMA, DocumentedErrors.schema())
                .headers(DocumentedErrors.headers(document.getComponents().getHeaders()));
    }

    private static void checkComplete(String path, PathItem item) {
        check(path.startsWith("/POS/"), path + " is implemented and not described");
        item.getOperations()
                .forEach((method, operation) -> check(
                        operation.getResponses().getAPIResponses().size() > 1, method + " " + path + " has no errors"));
    }

    private PathItem item(String path) {
        return Optional.ofNullable(document.getPaths().getPathItem(path))
                .orElseThrow(() -> new IllegalStateException("%s must be one of the paths %s"
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
            throw new IllegalStateException("The OpenAPI description does not match the code: " + problem);
        }
    }
}
