package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeDevice.approved;
import static dev.terminalcloud.transaction.TestFixtures.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.virtualregister.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks by HTTPS: a server that cannot prove its name learns nothing. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class CallbackCertificateTest {
    private static final String PASSWORD = "password of the key store";

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger failedHandshakes = new AtomicInteger();
    /** Not the application's: that one has metrics of each server, and may not know this one. */
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path folder;

    @Inject
    TestFixtures shop;

    private HttpServer pos;

    @BeforeEach
    void listen() throws IOException, InterruptedException {
        pos = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(selfSignedCertificate().toString())
                                .setPassword(PASSWORD)))
                .exceptionHandler(failure -> failedHandshakes.incrementAndGet())
                .requestHandler(request -> {
                    requests.incrementAndGet();
                    request.response().end();
                })
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void serverWithAnUntrustedCertificateGetsNoRequest() {
        Answer started = completed(shop.register());

        awaitTrue(() -> failedHandshakes.get() > 0 && isScheduledAgain(started));

        assertThat(requests).hasValue(0);
    }

    private Answer completed(FakeRegister register) {
        FakeDevice device = shop.deviceOf(register);
        Map<String, String> parameters = register.purchase(500);
        parameters.put("PosNotificationCallbackUrl", "https://localhost:" + pos.actualPort() + "/done");
        Answer started = register.posts(parameters);
        device.starts(started.transactionId());
        device.finishes(started.transactionId(), approved(500));
        return started;
    }

    private boolean isScheduledAgain(Answer started) {
        return shop.count(
                        "callback where transaction_id = $1 and attempts > 0 and next_attempt_at < now() + interval '6 seconds'",
                        Tuple.of(started.transactionId()))
                == 1;
    }

    private Path selfSignedCertificate() throws IOException, InterruptedException {
        Path keyStore = folder.resolve("pos.p12");
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        keyStore.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isZero();
        return keyStore;
    }
}
