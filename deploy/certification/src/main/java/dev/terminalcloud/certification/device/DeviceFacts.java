package dev.terminalcloud.certification.device;

import dev.terminalcloud.certification.device.cloud.Trace;
import dev.terminalcloud.certification.device.cloud.TraceEntry.Connected;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import java.util.LinkedHashMap;
import java.util.Map;

/** Facts about the device from the trace, for the report. */
final class DeviceFacts {
    private DeviceFacts() {}

    static Map<String, String> of(Trace trace) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model, firmware", device(trace));
        facts.put("connection", connection(trace));
        return facts;
    }

    private static String device(Trace trace) {
        return trace.all(MessageReceived.class)
                .filter(message -> message.type().equals("hello"))
                .findFirst()
                .map(hello -> hello.text("model") + ", " + hello.text("firmware"))
                .orElse("no hello was received");
    }

    private static String connection(Trace trace) {
        return trace.all(Connected.class)
                .findFirst()
                .map(connected -> "MQTT %s over %s"
                        .formatted(
                                connected.protocolVersion() == 5 ? "5" : "3.1.1",
                                connected.webSocket() ? "WebSocket" : "TCP"))
                .orElse("none");
    }
}
