package dev.terminalcloud.certification.pos.gateway;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The operation of the POS API that a request calls. */
public enum Call {
    PAIR,
    UNPAIR,
    START,
    /** Looks transactions up by the register, and by its own reference. */
    LIST,
    POLL,
    /** Looks a transaction up by its id, with the pairing token. */
    LOOK_UP,
    CANCEL,
    DEVICE,
    STATUS,
    PREFLIGHT,
    UNKNOWN;

    /** The operation, and the id or code in its path; empty without one. */
    record Target(Call call, String id) {}

    /** Returns the target of a request. Ignores the case of the path and one slash at its end. */
    static Target of(String method, String path, boolean hasPairingToken) {
        if (method.equals("OPTIONS")) {
            return new Target(PREFLIGHT, "");
        }
        List<String> parts =
                Stream.of(path.replaceFirst("/$", "").split("/", -1)).toList();
        boolean isPosApi = parts.size() > 2 && parts.get(0).isEmpty() && is(parts, 1, "pos");
        if (!isPosApi) {
            return new Target(UNKNOWN, "");
        }
        String id = parts.size() > 3 ? parts.get(3) : "";
        return new Target(call(method, parts, hasPairingToken), id);
    }

    private static Call call(String method, List<String> parts, boolean hasPairingToken) {
        String called = method + " " + parts.get(2).toLowerCase(Locale.ROOT) + " " + (parts.size() - 3);
        return switch (called) {
            case "PUT pairing 1" -> PAIR;
            case "DELETE pairing 0" -> UNPAIR;
            case "POST transaction 0" -> START;
            case "GET transaction 0" -> LIST;
            case "GET transaction 1" -> hasPairingToken ? LOOK_UP : POLL;
            case "POST transaction 2" -> is(parts, 4, "cancel") ? CANCEL : UNKNOWN;
            case "GET device 0" -> DEVICE;
            case "GET status 0" -> STATUS;
            default -> UNKNOWN;
        };
    }

    private static boolean is(List<String> parts, int index, String name) {
        return parts.get(index).equalsIgnoreCase(name);
    }
}
