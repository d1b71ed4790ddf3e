package dev.terminalcloud.virtualdevice.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** Serialisation of the messages. Thread-safe. */
public final class ProtocolJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .registerSubtypes(SealedFamily.namedRecords(CloudMessage.class))
            .registerSubtypes(SealedFamily.namedRecords(DeviceMessage.class))
            .build();
    private static final ObjectWriter WRITER = MAPPER.writerFor(DeviceMessage.class);
    private static final ObjectReader READER = MAPPER.readerFor(CloudMessage.class);

    private ProtocolJson() {}

    public static byte[] write(DeviceMessage message) {
        try {
            return WRITER.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Failed to serialise message: " + message, e);
        }
    }

    /** Returns the message, or empty when the bytes are invalid: devices ignore malformed messages. */
    public static Optional<CloudMessage> read(byte[] payload) {
        try {
            return Optional.ofNullable(READER.readValue(payload));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
