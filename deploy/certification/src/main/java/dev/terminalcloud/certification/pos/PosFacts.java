package dev.terminalcloud.certification.pos;

import dev.terminalcloud.certification.pos.gateway.Call;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent;
import dev.terminalcloud.certification.pos.gateway.GatewayEvent.RequestReceived;
import dev.terminalcloud.certification.pos.scenario.PosFeature;
import dev.terminalcloud.certification.trace.EventLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Facts about the POS from the log, for the report. */
record PosFacts(EventLog<GatewayEvent> log) {

    /** Returns the name of the vendor, as the POS has paired with it. */
    String name() {
        return log.all(RequestReceived.class)
                .filter(received -> received.request().call() == Call.PAIR)
                .map(received -> received.request().text("POSVendorName"))
                .filter(vendor -> !vendor.isEmpty())
                .findFirst()
                .orElse("that did not pair");
    }

    Map<String, String> all() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("optional features used", features(true));
        facts.put("not used", features(false));
        return facts;
    }

    private String features(boolean used) {
        String features = Stream.of(PosFeature.values())
                .filter(feature -> feature.isUsedIn(log) == used)
                .map(PosFeature::words)
                .collect(Collectors.joining(", "));
        return features.isEmpty() ? "none" : features;
    }
}
