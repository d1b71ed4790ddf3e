package dev.terminalcloud.connector.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.events.DeviceCommand.CancelTransaction;
import dev.terminalcloud.events.DeviceCommand.GrantStart;
import dev.terminalcloud.events.DeviceCommand.OfferTransaction;
import dev.terminalcloud.events.DeviceCommand.PingDevice;
import dev.terminalcloud.events.DeviceCommand.RefuseStart;
import dev.terminalcloud.events.DeviceCommand.ReportTransaction;
import dev.terminalcloud.events.DeviceCommand.SessionCommand;
import dev.terminalcloud.events.DeviceCommand.ShowPairingCode;
import dev.terminalcloud.events.DeviceCommand.TellPaired;
import dev.terminalcloud.events.DeviceCommand.TellUnpaired;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The commands to devices (device protocol, "Cloud → device"): the name of each and its members. */
public enum CommandType {
    PAIRING_CODE("pairing-code", ShowPairingCode.class, (command, json) -> json.put("code", command.code())
            .put("expiresInSeconds", command.expiresInSeconds())),
    PAIRED("paired", TellPaired.class, (command, json) -> json.put("pairingNumber", command.pairingNumber())
            .put("businessName", command.businessName())
            .put("registerName", command.registerName())),
    UNPAIRED("unpaired", TellUnpaired.class, (command, json) -> json.put("pairingNumber", command.pairingNumber())),
    OFFER_TRANSACTION("offer-transaction", OfferTransaction.class, CommandType::offer),
    START_GRANTED(
            "start-granted",
            GrantStart.class,
            (command, json) -> json.put("transactionId", command.transactionId().toString())),
    START_REFUSED(
            "start-refused",
            RefuseStart.class,
            (command, json) -> json.put("transactionId", command.transactionId().toString())),
    REPORT_TRANSACTION(
            "report-transaction",
            ReportTransaction.class,
            (command, json) -> json.put("transactionId", command.transactionId().toString())),
    CANCEL_TRANSACTION(
            "cancel-transaction",
            CancelTransaction.class,
            (command, json) -> json.put("transactionId", command.transactionId().toString())),
    PING("ping", PingDevice.class, (command, json) -> json.put("nonce", command.nonce()));

    private static final Map<Class<?>, CommandType> BY_COMMAND =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(type -> type.command, Function.identity()));

    private final String wireName;
    private final Class<? extends SessionCommand> command;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final BiConsumer<SessionCommand, ObjectNode> members;

    <C extends SessionCommand> CommandType(String wireName, Class<C> command, BiConsumer<C, ObjectNode> members) {
        this.wireName = wireName;
        this.command = command;
        this.members = (toDevice, json) -> members.accept(command.cast(toDevice), json);
    }

    /**
     * Returns the type of a device command.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static CommandType of(SessionCommand command) {
        CommandType type = BY_COMMAND.get(command.getClass());
        if (type == null) {
            throw new IllegalArgumentException(command.getClass().getName() + " is not a device command");
        }
        return type;
    }

    /** Returns the type's name in the device protocol. */
    public String wireName() {
        return wireName;
    }

    /** Returns the command as the device receives it: one JSON object in UTF-8, without members that are null. */
    public static byte[] payload(SessionCommand command) {
        CommandType type = of(command);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", type.wireName);
        type.members.accept(command, json);
        return json.toString().getBytes(UTF_8);
    }

    private static void offer(OfferTransaction offer, ObjectNode json) {
        json.put("transactionId", offer.transactionId().toString());
        json.put("pairingNumber", offer.pairingNumber());
        json.put("function", offer.function());
        offer.amounts().byName().forEach(json::put);
        putIfPresent(json, "transactionReference", offer.transactionReference());
        putIfPresent(json, "date", offer.date());
        putIfPresent(json, "saleData", offer.saleData());
        offer.original().byName().forEach(json::put);
    }

    private static void putIfPresent(ObjectNode json, String name, String text) {
        if (text != null) {
            json.put(name, text);
        }
    }
}
