package dev.terminalcloud.virtualdevice.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** The messages as bytes. Safe for use by many threads. */
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
            throw new IllegalStateException("a message that can't be written: " + message, e);
        }
    }

    /** The message, or empty when the bytes are none: devices ignore what they can't read. */
    public static Optional<CloudMessage> read(byte[] payload) {
        try {
            return Optional.ofNullable(READER.readValue(payload));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
