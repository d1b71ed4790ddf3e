package dev.terminalcloud.pairing;

import static org.awaitility.Awaitility.await;

import dev.terminalcloud.events.EventCodec;
import dev.terminalcloud.events.PairingEvent.RegisterPaired;
import dev.terminalcloud.events.PairingEvent.RegisterState;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.posapi.PairingToken;
import dev.terminalcloud.virtualregister.FormBody;
import dev.terminalcloud.virtualregister.PosRequests;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A till: plain HTTP, nothing else. */
public final class FakeRegister {
    private final Http http;
    private final KafkaJournal kafka;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private String address;
    private PairingToken token;

    FakeRegister(Http http, KafkaJournal kafka, String registerId, String address) {
        this.http = http;
        this.kafka = kafka;
        this.address = address;
        with("POSRegisterID", registerId);
        with("POSRegisterName", "Till " + registerId);
        with("POSBusinessName", "Baker & Sons");
        with("POSVendorName", "Vendor 'Ä'");
    }

    /** Sends from this address from now on; the text is the value of X-Forwarded-For as a gateway would write it. */
    public FakeRegister from(String otherAddress) {
        address = otherAddress;
        return this;
    }

    public String address() {
        return address;
    }

    public FakeRegister with(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    public FakeRegister without(String name) {
        parameters.remove(name);
        return this;
    }

    public String id() {
        return parameters.get("POSRegisterID");
    }

    public String vendor() {
        return parameters.get("POSVendorName");
    }

    public String business() {
        return parameters.get("POSBusinessName");
    }

    public String name() {
        return parameters.get("POSRegisterName");
    }

    public HttpResponse<String> pair(String code) {
        HttpResponse<String> answer = http.send(
                "PUT",
                "/POS/Pairing/" + code,
                BodyPublishers.ofString(form()),
                "Content-Type",
                FormBody.CONTENT_TYPE,
                "X-Forwarded-For",
                address);
        answer.headers()
                .firstValue(PosRequests.PAIRING_TOKEN)
                .ifPresent(received -> token = new PairingToken(received));
        return answer;
    }

    /** Returns the token of its newest pairing; null if it was never paired. */
    public PairingToken token() {
        return token;
    }

    /** Returns its state as an event with this version has it. */
    public RegisterPaired pairedWith(FakeDevice device, long version, long pairingNumber) {
        return new RegisterPaired(
                vendor(), id(), version, business(), name(), device.id(), pairingNumber, token.hash());
    }

    public String form() {
        return FormBody.encode(parameters);
    }

    /** Returns the events about it on {@code pairing-events}. */
    public List<RegisterState> events() {
        return kafka.events(Topic.PAIRING_EVENTS, EventCodec.jsonArray(vendor(), id()), RegisterState.class);
    }

    public RegisterState event(int number) {
        await().until(() -> events().size() >= number);
        return events().get(number - 1);
    }
}
