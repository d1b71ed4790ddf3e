package dev.terminalcloud.systemtests.posapi;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Runs that provoke the responses to a register that asks for the state of its device. */
final class DeviceRuns {
    private static final String NAMES = "POSRegisterID=R&POSBusinessName=B&POSVendorName=V";
    private static final String PATH = "/POS/Device?" + NAMES;
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    private DeviceRuns() {}

    static Map<String, Run> all() {
        Map<String, Run> runs = new HashMap<>();
        runs.put("getDevice 200 online", registers -> ofPaired(registers, TestRegister::presence));
        runs.put("getDevice 200 offline", registers -> ofPaired(registers, DeviceRuns::offline));
        runs.put("getDevice 200 probed", registers -> ofPaired(registers, TestRegister::probe));
        runs.put("getDevice 400 missing", getting("/POS/Device?POSVendorName=V&POSBusinessName=B"));
        runs.put(
                "getDevice 400 tooLong",
                getting("/POS/Device?POSVendorName=V&POSBusinessName=B&POSRegisterID=" + "r".repeat(129)));
        runs.put("getDevice 400 nulCharacter", getting("/POS/Device?POSRegisterID=%00"));
        runs.put("getDevice 400 tooManyPieces", getting("/POS/Device?" + "&".repeat(1_000)));
        runs.put("getDevice 400 tooManyParameters", getting("/POS/Device?" + "a=&".repeat(201)));
        runs.put("getDevice 400 invalidProbe", getting(PATH + "&probe=yes"));
        runs.put("getDevice 400 noDevice", registers -> ofPaired(registers, DeviceRuns::unpaired));
        runs.put("getDevice 401 pairingTokenMissing", getting(PATH));
        runs.put(
                "getDevice 401 pairingTokenInvalid",
                registers -> registers.caller().withToken("guessed").get(PATH));
        runs.put(
                "getDevice 404 notFound",
                registers -> Form.QUERY.send(registers.caller(), "PUT", "/POS/Device", Map.of()));
        runs.put(
                "getDevice 429 probeUnderWay",
                registers -> ofPaired(registers, register -> after(registers, register, 1, "null")));
        runs.put(
                "getDevice 429 tooManyProbes",
                registers -> ofPaired(registers, register -> after(registers, register, 12, "now()")));
        runs.put(
                "getDevice 504 deviceOffline",
                registers -> ofPaired(registers, register -> {
                    offline(register);
                    return register.probe();
                }));
        runs.put("getDevice 504 deviceUnresponsive", DeviceRuns::unresponsive);
        return runs;
    }

    private interface Request {
        Reply send(TestRegister register) throws Exception;
    }

    private static Run getting(String path) {
        return registers -> registers.caller().get(path);
    }

    private static Reply ofPaired(RegisterFactory registers, Request request) throws Exception {
        try (TestRegister register = registers.create().paired()) {
            return request.send(register);
        }
    }

    private static Reply offline(TestRegister register) {
        register.device().powerOff();
        return await().atMost(TIMEOUT)
                .until(register::presence, reply -> !reply.body().path("online").asBoolean(true));
    }

    private static Reply unpaired(TestRegister register) {
        register.unpair(
                Form.FORM,
                register.parametersOf("unpair", "unpairing"),
                register.token().get());
        return register.presence();
    }

    /** Probes after that many pings, which the test adds. */
    private static Reply after(RegisterFactory registers, TestRegister register, int pings, String answeredAt)
            throws SQLException {
        String deviceId = register.presence().body().path("deviceId").asText();
        try (Connection database = registers.database();
                Statement statement = database.createStatement()) {
            statement.execute("insert into transaction.probe (nonce, device_id, answered_at)"
                    + " select gen_random_uuid()::text, '%s', %s from generate_series(1, %d)"
                            .formatted(deviceId, answeredAt, pings));
        }
        return register.probe();
    }

    /** The ping of this device does not leave the database. */
    private static Reply unresponsive(RegisterFactory registers) throws Exception {
        try (TestRegister register = registers.create().paired();
                Connection database = registers.database();
                Statement statement = database.createStatement()) {
            String deviceId = register.presence().body().path("deviceId").asText();
            statement.execute("create function lose_ping() returns trigger language plpgsql as "
                    + "$$ begin return null; end $$");
            statement.execute(("create trigger lose_ping before insert on transaction.outbox for each row"
                            + " when (new.type = 'device.ping.v1' and new.aggregateid = '%s') execute function lose_ping()")
                    .formatted(deviceId));
            try {
                return register.probe();
            } finally {
                statement.execute("drop function lose_ping() cascade");
            }
        }
    }
}
