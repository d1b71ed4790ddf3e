package dev.terminalcloud.systemtests.posapi;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Runs whose responses cannot be provoked next to other tests: the database fails, or the machine is busy. */
final class FailureRuns {
    private static final String DATA_EXCEPTION = "22000";
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private FailureRuns() {}

    static Map<String, Run> all() {
        Map<String, Run> runs = new HashMap<>();
        runs.put(
                "pair 500 internal",
                registers -> whileRefused(registers, "pairing.outbox", DATA_EXCEPTION, FailureRuns::pair));
        runs.put(
                "pair 503 unavailable",
                registers -> whileRefused(registers, "pairing.outbox", TOO_MANY_CONNECTIONS, FailureRuns::pair));
        runs.put(
                "startTransaction 503 unavailable",
                registers -> whileRefused(registers, "transaction.outbox", DATA_EXCEPTION, FailureRuns::start));
        runs.put(
                "startTransaction 500 internal",
                registers -> whileUnavailable(registers, "pairing", FailureRuns::start));
        runs.put(
                "pollTransaction 500 internal",
                registers -> whileUnavailable(
                        registers, "transaction", register -> register.caller().get(PollRuns.unknown())));
        runs.put(
                "pollTransaction 503 unavailable",
                registers -> whileUnreadable(
                        registers, "transaction", register -> register.caller().get(PollRuns.unknown())));
        runs.put(
                "cancelTransaction 500 internal",
                registers -> whileUnavailable(
                        registers, "transaction", register -> register.caller().post(CancelRuns.unknown())));
        runs.put(
                "cancelTransaction 503 unavailable",
                registers -> whileUnreadable(
                        registers, "transaction", register -> register.caller().post(CancelRuns.unknown())));
        runs.put(
                "unpair 500 internal",
                registers -> whileRefused(registers, "transaction.outbox", DATA_EXCEPTION, FailureRuns::unpair));
        runs.put(
                "unpair 503 unavailable",
                registers -> whileRefused(registers, "transaction.outbox", TOO_MANY_CONNECTIONS, FailureRuns::unpair));
        runs.put(
                "startTransaction 503 keyedStartUnavailable",
                registers -> whileUnreadable(
                        registers,
                        "transaction",
                        register ->
                                register.startWithKey(register.parametersOf("startTransaction", "purchase"), "sale")));
        runs.put(
                "listTransactions 500 internal",
                registers -> whileUnavailable(registers, "transaction", TestRegister::list));
        runs.put(
                "listTransactions 503 lookupUnavailable",
                registers -> whileUnreadable(registers, "transaction", TestRegister::list));
        runs.put(
                "getDevice 500 internal",
                registers -> whileUnavailable(registers, "transaction", TestRegister::presence));
        runs.put(
                "getDevice 503 presenceUnavailable",
                registers -> whileUnreadable(registers, "transaction", TestRegister::presence));
        runs.put("startTransaction 429 tooManyStarts", StartFlood::refused);
        return runs;
    }

    private interface Request {
        Reply send(TestRegister register) throws Exception;
    }

    private static Reply pair(TestRegister register) throws Exception {
        return register.pair(
                Form.FORM,
                register.parametersOf("pair", "pairing"),
                register.device().shownPairingCode().orElseThrow());
    }

    private static Reply start(TestRegister register) {
        return register.start(Form.FORM, register.parametersOf("startTransaction", "purchase"));
    }

    private static Reply unpair(TestRegister register) {
        return register.unpair(
                Form.FORM,
                register.parametersOf("unpair", "unpairing"),
                register.token().get());
    }

    private static Reply whileRefused(RegisterFactory registers, String table, String state, Request request)
            throws Exception {
        try (TestRegister register = ready(registers);
                Connection database = registers.database()) {
            execute(
                    database,
                    "create function refuse() returns trigger language plpgsql as "
                            + "$$ begin raise exception 'refused by a test' using errcode = '" + state + "'; end $$",
                    "create trigger refuse before insert on " + table + " for each row execute function refuse()");
            try {
                return request.send(register);
            } finally {
                execute(database, "drop function refuse() cascade");
            }
        }
    }

    private static Reply whileUnavailable(RegisterFactory registers, String table, Request request) throws Exception {
        try (TestRegister register = ready(registers);
                Connection database = registers.database()) {
            execute(database, "alter table transaction.%1$s rename to %1$s_away".formatted(table));
            try {
                return request.send(register);
            } finally {
                execute(database, "alter table transaction.%1$s_away rename to %1$s".formatted(table));
            }
        }
    }

    private static Reply whileUnreadable(RegisterFactory registers, String table, Request request) throws Exception {
        try (TestRegister register = ready(registers);
                Connection database = registers.database()) {
            execute(
                    database,
                    "alter table transaction.%1$s rename to %1$s_away".formatted(table),
                    ("create function transaction.refuse() returns setof transaction.%s_away language plpgsql as "
                                    + "$$ begin raise exception 'refused by a test' using errcode = '%s'; end $$")
                            .formatted(table, TOO_MANY_CONNECTIONS),
                    "create view transaction.%s as select * from transaction.refuse()".formatted(table),
                    "grant select on transaction.%s to transaction".formatted(table));
            try {
                return request.send(register);
            } finally {
                execute(
                        database,
                        "drop view transaction." + table,
                        "drop function transaction.refuse()",
                        "alter table transaction.%1$s_away rename to %1$s".formatted(table));
            }
        }
    }

    /** Returns a paired register with a fresh code on its device. */
    private static TestRegister ready(RegisterFactory registers) throws Exception {
        TestRegister register = registers.create().paired();
        register.freshCode();
        return register;
    }

    private static void execute(Connection database, String... statements) throws SQLException {
        try (Statement statement = database.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
