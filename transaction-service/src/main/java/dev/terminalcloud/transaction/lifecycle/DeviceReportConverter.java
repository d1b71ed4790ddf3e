package dev.terminalcloud.transaction.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.events.DeviceReport;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.io.UncheckedIOException;

/** Converts between a report and the JSON text that it has in its event. */
@Converter
public class DeviceReportConverter implements AttributeConverter<DeviceReport, String> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    @Override
    public String convertToDatabaseColumn(DeviceReport report) {
        try {
            return report == null ? null : JSON.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Failed to serialise report", e);
        }
    }

    @Override
    public DeviceReport convertToEntityAttribute(String text) {
        try {
            return text == null ? null : JSON.readValue(text, DeviceReport.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Failed to deserialise stored report", e);
        }
    }
}
