package dev.terminalcloud.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents are valid AsyncAPI 3.0, by its own JSON Schema. */
class AsyncApiTest {
    static Stream<Document> documents() {
        return Stream.of(Document.DEVICE_PROTOCOL, Document.EVENTS);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void documentIsAsyncApi(Document document) throws IOException {
        assertThat(specification().validate(document.root().toString(), InputFormat.JSON))
                .isEmpty();
    }

    private static JsonSchema specification() throws IOException {
        try (InputStream file = AsyncApiTest.class.getResourceAsStream("/asyncapi/3.0.0-without-$id.json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(file);
        }
    }
}
