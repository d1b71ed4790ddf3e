package dev.terminalcloud.pairing.registers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.Http;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Registers that pair at the same time, or that do not wait for the response. */
@QuarkusTest
class PairingRaceTest {
    @Inject
    TestFixtures world;

    @Inject
    Http http;

    @Inject
    Database database;

    @Inject
    DataSource source;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @RepeatedTest(5)
    void onlyOneOfManyRegistersGetsTheCode() {
        FakeDevice device = world.device().hello();
        String code = device.freshCode();
        List<FakeRegister> registers =
                IntStream.range(0, 6).mapToObj(i -> world.register()).toList();

        List<Integer> statuses = atOnce(registers.stream()
                .<Supplier<HttpResponse<String>>>map(register -> () -> register.pair(code))
                .toList());

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 400);
        assertThat(database.count("select pairing_number from device where device_id = ?", device.id()))
                .isEqualTo(1);
    }

    @RepeatedTest(5)
    void registerThatUsesManyCodesAtOnceEndsWithOneDevice() {
        List<FakeDevice> devices =
                IntStream.range(0, 4).mapToObj(i -> world.device().hello()).toList();
        List<String> codes = devices.stream().map(FakeDevice::freshCode).toList();
        FakeRegister register = world.register();

        List<Integer> statuses = atOnce(codes.stream()
                .<Supplier<HttpResponse<String>>>map(code -> () -> register.pair(code))
                .toList());

        assertThat(statuses).containsOnly(200);
        assertThat(database.count("select version from register where register_id = ?", register.id()))
                .isEqualTo(4);
        long numbers = devices.stream()
                .mapToLong(
                        device -> database.count("select pairing_number from device where device_id = ?", device.id()))
                .sum();
        assertThat(numbers).as("four pairings, and three of them ended").isEqualTo(4 + 3);
        assertThat(register.event(4).deviceId())
                .isEqualTo(database.query("select device_id from register where register_id = ?", register.id())
                        .get(0));
    }

    @Test
    void sameRegisterThatSendsItsCodeTwiceAtOnceGetsTwoSuccesses() {
        FakeDevice device = world.device().hello();
        String code = device.freshCode();
        FakeRegister register = world.register();

        List<Integer> statuses = atOnce(List.of(() -> register.pair(code), () -> register.pair(code)));

        assertThat(statuses).containsExactly(200, 200);
        assertThat(database.count("select pairing_number from device where device_id = ?", device.id()))
                .isEqualTo(1);
    }

    /** The device is locked while the register disconnects, so it does so in the middle of the database transaction. */
    @Test
    void registerThatDoesNotWaitForTheAnswerIsPairedAllTheSame() throws IOException, SQLException {
        FakeDevice device = world.device().hello();
        String code = device.freshCode();
        FakeRegister register = world.register();

        try (Connection lock = source.getConnection()) {
            lock.setAutoCommit(false);
            try (var statement = lock.prepareStatement("select 1 from device_route where device_id = ? for update")) {
                statement.setString(1, device.id());
                statement.execute();
            }
            leave(register, code);
            lock.rollback();
        }

        assertThat(register.event(1).deviceId()).isEqualTo(device.id());
        assertThat(register.pair(code).statusCode()).isEqualTo(200);
    }

    private void leave(FakeRegister register, String code) throws IOException {
        URI address = http.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String request =
                    "PUT /POS/Pairing/%s?%s HTTP/1.1\r\nHost: test\r\nX-Forwarded-For: %s\r\nContent-Length: 0\r\n\r\n"
                            .formatted(code, register.form(), register.address());
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.getOutputStream().flush();
            await().until(this::isServiceWaitingForALock);
            socket.setSoLinger(true, 0);
        }
    }

    /** Asks as the role of the service: another role does not see what it waits for. */
    private boolean isServiceWaitingForALock() throws SQLException {
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement();
                var waiting = statement.executeQuery(
                        """
                        select from pg_stat_activity
                        where usename = current_user and wait_event_type = 'Lock'
                        """)) {
            return waiting.next();
        }
    }

    private List<Integer> atOnce(List<Supplier<HttpResponse<String>>> requests) {
        List<CompletableFuture<HttpResponse<String>>> answers = requests.stream()
                .map(request -> CompletableFuture.supplyAsync(request, threads))
                .toList();
        return answers.stream().map(answer -> answer.join().statusCode()).toList();
    }
}
