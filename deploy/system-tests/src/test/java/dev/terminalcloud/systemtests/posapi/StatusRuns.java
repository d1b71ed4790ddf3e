package dev.terminalcloud.systemtests.posapi;

import java.util.Map;

/** Runs that provoke the responses to whoever asks for the service level. */
final class StatusRuns {
    private static final String PATH = "/POS/Status";

    private StatusRuns() {}

    static Map<String, Run> all() {
        return Map.of(
                "getStatus 200 ok",
                registers -> registers.caller().get(PATH),
                "getStatus 404 notFound",
                registers -> registers.caller().post(PATH));
    }
}
