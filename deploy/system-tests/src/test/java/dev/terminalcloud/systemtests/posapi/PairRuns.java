package dev.terminalcloud.systemtests.posapi;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Runs that provoke the responses to a pairing. */
final class PairRuns {
    private static final String PATH = "/POS/Pairing/00000000";

    private PairRuns() {}

    static Map<String, Run> all() {
        Map<String, Run> runs = BadRequests.ofRegister("pair", "PUT", PATH);
        runs.put("pair 200 paired", PairRuns::paired);
        runs.put("pair 400 invalidCode", registers -> Form.FORM.send(registers.caller(), "PUT", PATH, parameters()));
        runs.put("pair 400 otherOwner", PairRuns::otherOwner);
        runs.put("pair 400 notHttp", callback("ftp://pos.example.com/"));
        runs.put("pair 400 noHost", callback("http:/path"));
        runs.put("pair 400 userInformation", callback("http://user@pos.example.com/"));
        runs.put("pair 400 invalidPort", callback("http://pos.example.com:0/"));
        runs.put("pair 400 invalidHost", callback("http://[/"));
        runs.put("pair 400 invalidIpv4", callback("http://2130706433/"));
        runs.put("pair 400 ipv6Zone", callback("http://[fe80::1%25eth0]/"));
        runs.put("pair 400 notPublic", callback("http://224.0.0.1/"));
        runs.put("pair 404 notFound", registers -> registers.caller().get("/POS/Pairing/00000000/more"));
        runs.put("pair 429 tooManyWrongCodes", PairRuns::tooManyWrongCodes);
        return runs;
    }

    private static Run callback(String url) {
        Map<String, String> parameters = new HashMap<>(parameters());
        parameters.put("PosNotificationCallbackUrl", url);
        return registers -> Form.FORM.send(registers.caller(), "PUT", PATH, parameters);
    }

    static Map<String, String> parameters() {
        return PosApi.COMMITTED.requestExamples().stream()
                .filter(example -> example.toString().equals("pair pairing"))
                .findFirst()
                .orElseThrow()
                .parameters();
    }

    /** Exhausts the limit of one register; other registers have their own. A slow machine must send faster than the limit refills. */
    private static Reply tooManyWrongCodes(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create()) {
            return await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(50))
                    .until(
                            () -> register.pair(Form.FORM, register.parametersOf("pair", "pairing"), "00000000"),
                            reply -> reply.status() != 400);
        }
    }

    /** The register is paired with a device without owner, and the other device has one for this time. */
    private static Reply otherOwner(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired();
                TestRegister other = registers.create();
                Connection database = registers.database()) {
            setOwner(database, other, "Another");
            try {
                return register.pair(Form.FORM, register.parametersOf("pair", "pairing"), other.freshCode());
            } finally {
                setOwner(database, other, null);
            }
        }
    }

    private static void setOwner(Connection database, TestRegister register, String owner) throws SQLException {
        try (PreparedStatement statement =
                database.prepareStatement("update pairing.device set owner = ? where device_id = ?")) {
            statement.setString(1, owner);
            statement.setString(2, register.device().id());
            statement.executeUpdate();
        }
    }

    private static Reply paired(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create()) {
            return register.pair(Form.FORM, register.parametersOf("pair", "pairing"), register.freshCode());
        }
    }
}
