package dev.terminalcloud.systemtests.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * One corrupted request, byte for byte.
 *
 * @param corrupted the corrupted parameters
 * @param request the complete request
 */
record FuzzCase(
        Endpoint endpoint, Map<Parameter, ParameterCorruption> corrupted, Placement placement, Request request) {
    private static final int SHOWN = 600;

    static FuzzCase of(
            Endpoint endpoint,
            Map<Parameter, ParameterCorruption> corrupted,
            Placement placement,
            RandomGenerator random) {
        return new FuzzCase(
                endpoint,
                corrupted,
                placement,
                new Request(new Writer(endpoint, corrupted, placement, random).request()));
    }

    /** The bytes that are sent. */
    static final class Request {
        private final byte[] bytes;

        Request(byte[] bytes) {
            this.bytes = bytes;
        }

        void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
            out.flush();
        }

        String text() {
            return new String(bytes, UTF_8);
        }
    }

    @Override
    public String toString() {
        String wrong = corrupted.entrySet().stream()
                .map(each -> each.getKey().name() + " " + each.getValue())
                .collect(Collectors.joining(", "));
        String sent = request.text().substring(0, Math.min(request.text().length(), SHOWN));
        return "%s, %s in %s%n%s".formatted(endpoint.title(), wrong, placement, sent);
    }

    /** Assembles the request. */
    private static final class Writer {
        private final Endpoint endpoint;
        private final Map<Parameter, ParameterCorruption> corrupted;
        private final Placement placement;
        private final RandomGenerator random;
        private final ByteArrayOutputStream query = new ByteArrayOutputStream();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Writer(
                Endpoint endpoint,
                Map<Parameter, ParameterCorruption> corrupted,
                Placement placement,
                RandomGenerator random) {
            this.endpoint = endpoint;
            this.corrupted = corrupted;
            this.placement = placement;
            this.random = random;
        }

        byte[] request() {
            endpoint.parameters().stream()
                    .filter(parameter -> !parameter.inPath())
                    .forEach(this::put);
            if (placement == Placement.JSON) {
                body.writeBytes(body.size() == 0 ? bytes("{}") : bytes("}"));
            }
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(bytes(endpoint.method() + " " + path()));
            request.writeBytes(bytes(query.size() == 0 ? "" : "?"));
            request.writeBytes(query.toByteArray());
            request.writeBytes(bytes(" HTTP/1.1\r\nHost: fuzz\r\nConnection: close\r\n"));
            request.writeBytes(bytes(bodyHeaders()));
            request.writeBytes(bytes("\r\n"));
            request.writeBytes(body.toByteArray());
            return request.toByteArray();
        }

        private String bodyHeaders() {
            if (endpoint.method().equals("GET")) {
                return "";
            }
            String type = placement == Placement.JSON ? "application/json" : "application/x-www-form-urlencoded";
            return "Content-Type: %s\r\nContent-Length: %d\r\n".formatted(type, body.size());
        }

        private String path() {
            String segment = endpoint.inPath()
                    .filter(parameter -> corrupted.get(parameter) != ParameterCorruption.ABSENT)
                    .map(parameter -> percent(value(parameter)))
                    .orElse("");
            return endpoint.path().replace("*", segment);
        }

        private void put(Parameter parameter) {
            ParameterCorruption corruption = corrupted.get(parameter);
            if (corruption == ParameterCorruption.ABSENT) {
                return;
            }
            boolean inQuery = placement == Placement.QUERY || (placement == Placement.BOTH && corruption != null);
            if (placement == Placement.JSON) {
                putJson(parameter, corruption);
            } else {
                putField(inQuery ? query : body, parameter, corruption, inQuery);
            }
            if (corruption == ParameterCorruption.DUPLICATE && placement != Placement.JSON) {
                putField(body.size() > 0 ? body : query, parameter, null, inQuery);
            }
        }

        private void putField(
                ByteArrayOutputStream out, Parameter parameter, ParameterCorruption corruption, boolean inQuery) {
            out.writeBytes(bytes(out.size() == 0 ? "" : "&"));
            out.writeBytes(bytes(percent(bytes(parameter.name())) + "="));
            byte[] value = value(parameter);
            if (corruption == ParameterCorruption.HALF_SURROGATE) {
                out.writeBytes(bytes("%ED%A0%80"));
            } else if (corruption == ParameterCorruption.BROKEN_ESCAPE
                    || (corruption == ParameterCorruption.INVALID_UTF8 && !inQuery)) {
                out.writeBytes(value);
            } else {
                out.writeBytes(bytes(percent(value)));
            }
        }

        private void putJson(Parameter parameter, ParameterCorruption corruption) {
            body.writeBytes(bytes(body.size() == 0 ? "{" : ","));
            body.writeBytes(bytes("\"" + parameter.name() + "\":"));
            byte[] value = value(parameter);
            boolean asItIs = corruption == ParameterCorruption.DEEP_JSON
                    || (corruption == ParameterCorruption.WRONG_TYPE && random.nextBoolean());
            if (asItIs) {
                body.writeBytes(value);
            } else if (corruption == ParameterCorruption.HALF_SURROGATE) {
                body.writeBytes(bytes("\"\\ud800\""));
            } else if (corruption == ParameterCorruption.INVALID_UTF8) {
                body.writeBytes(bytes("\""));
                body.writeBytes(value);
                body.writeBytes(bytes("\""));
            } else {
                String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(new String(value, UTF_8)));
                body.writeBytes(bytes("\"" + quoted + "\""));
            }
            if (corruption == ParameterCorruption.DUPLICATE) {
                putJson(parameter, null);
            }
        }

        private byte[] value(Parameter parameter) {
            ParameterCorruption corruption = corrupted.get(parameter);
            return corruption == null ? bytes(parameter.valid()) : corruption.corrupt(parameter.valid(), random);
        }

        private static String percent(byte[] value) {
            StringBuilder text = new StringBuilder();
            for (byte each : value) {
                boolean plain = each > ' ' && each < 0x7f && Character.isLetterOrDigit(each);
                text.append(plain || each == '-' ? String.valueOf((char) each) : "%%%02X".formatted(each));
            }
            return text.toString();
        }

        private static byte[] bytes(String text) {
            return text.getBytes(UTF_8);
        }
    }
}
