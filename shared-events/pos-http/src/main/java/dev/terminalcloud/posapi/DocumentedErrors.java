package dev.terminalcloud.posapi;

import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponse;
import static org.eclipse.microprofile.openapi.OASFactory.createContent;
import static org.eclipse.microprofile.openapi.OASFactory.createExample;
import static org.eclipse.microprofile.openapi.OASFactory.createHeader;
import static org.eclipse.microprofile.openapi.OASFactory.createMediaType;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** The errors of one operation: one response per status, with one example per error code. */
record DocumentedErrors(APIResponses responses) {
    static final String SCHEMA = "Error";
    private static final String JSON = "application/json";
    private static final List<String> CORS_HEADERS =
            List.of("Access-Control-Allow-Origin", "Access-Control-Expose-Headers");

    void add(ApiErrorCode reason) {
        ApiError refusal = reason.error();
        APIResponse response = response(refusal.status());
        response.getContent().getMediaType(JSON).addExample(exampleName(reason), example(refusal));
        if (refusal.retryAfter().isPresent()) {
            response.addHeader("Retry-After", createHeader().ref("Retry-After"));
        }
    }

    static void addCorsHeaders(Operation operation) {
        operation
                .getResponses()
                .getAPIResponses()
                .values()
                .forEach(response -> CORS_HEADERS.forEach(
                        name -> response.addHeader(name, createHeader().ref(name))));
    }

    static Schema schema() {
        return createSchema()
                .type(List.of(Schema.SchemaType.OBJECT))
                .description("Body of every response other than 200.")
                .required(List.of("error"))
                .addProperty(
                        "error",
                        createSchema()
                                .type(List.of(Schema.SchemaType.STRING))
                                .minLength(1)
                                .description("Human-readable error in English; all texts are listed above."));
    }

    static Map<String, Header> headers(Map<String, Header> others) {
        Map<String, Header> headers = new LinkedHashMap<>(others == null ? Map.of() : others);
        headers.put("Access-Control-Allow-Origin", header("Any origin may call this API.", "*"));
        headers.put(
                "Access-Control-Expose-Headers",
                header("Headers that cross-origin pages may read.", "Pairing-Token, Retry-After"));
        headers.put(
                "Retry-After",
                createHeader()
                        .description("Seconds after which the request may be retried.")
                        .schema(createSchema().type(List.of(Schema.SchemaType.INTEGER))));
        return headers;
    }

    private static Header header(String description, String value) {
        return createHeader()
                .description(description)
                .required(true)
                .schema(createSchema().type(List.of(Schema.SchemaType.STRING)).constValue(value));
    }

    private APIResponse response(int status) {
        String name = Integer.toString(status);
        if (responses.getAPIResponse(name) == null) {
            responses.addAPIResponse(
                    name,
                    createAPIResponse()
                            .description(meaning(status))
                            .content(createContent()
                                    .addMediaType(
                                            JSON,
                                            createMediaType()
                                                    .schema(createSchema().ref(SCHEMA)))));
        }
        return responses.getAPIResponse(name);
    }

    private static Example example(ApiError refusal) {
        Example example = createExample()
                .summary(refusal.meaning())
                .description(refusal.advice())
                .value(Map.of("error", refusal.example()));
        if (!refusal.template().equals(refusal.example())) {
            example.addExtension("x-text", refusal.template());
        }
        return example;
    }

    /** Returns the name of the example: {@code NOT_PAIRED} becomes {@code notPaired}. */
    private static String exampleName(ApiErrorCode reason) {
        String[] words = reason.name().toLowerCase(Locale.ROOT).split("_");
        return words[0]
                + Stream.of(words)
                        .skip(1)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    private static String meaning(int status) {
        return switch (status) {
            case 400 -> "Invalid request. It had no effect.";
            case 401 -> "Missing, wrong or expired token.";
            case 404 -> "No such path or method.";
            case 409 -> "The current state does not allow it. The request had no effect.";
            case 413 -> "The request is too large. It had no effect.";
            case 415 -> "The body has an unsupported media type or charset. It had no effect.";
            case 422 -> "The request contradicts an earlier one. It had no effect.";
            case 429 -> "Too many requests, or the device is busy. The request had no effect.";
            case 500 -> "Internal error. The request may have taken effect.";
            case 503 -> "Temporarily unavailable.";
            case 504 -> "The device did not respond.";
            default -> throw new IllegalStateException("No description for status %d".formatted(status));
        };
    }
}
