package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.FormBody;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A register that floods the service (POS API, section 8). */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class StartRateLimitTest {
    @Inject
    TestFixtures shop;

    @Test
    void excessAndInvalidRequestsCountAgainstTheLimit() {
        FakeRegister register = shop.register();

        List<Answer> answers = flood(register, register.purchase(0));

        assertThat(answers).extracting(Answer::status).contains(400, 429).containsOnly(400, 429);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 429)
                .extracting(Answer::error)
                .containsOnly("Too many requests from this register: the limit is 20 per second");
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 400)
                .as("the burst at least")
                .hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void responseHasRetryAfter() {
        FakeRegister register = shop.register();
        flood(register, register.purchase(0));
        shop.execute(
                "update start_rate_limit set replenished_at = now() + interval '1 hour' where register_id = $1",
                Tuple.of(register.id()));

        List<HttpResponse<String>> answers = Stream.generate(() ->
                        register.sendsRaw(register.request("/POS/Transaction?" + FormBody.encode(register.purchase(0)))
                                .POST(BodyPublishers.noBody())))
                .limit(30)
                .filter(answer -> answer.statusCode() == 429)
                .toList();

        assertThat(answers).isNotEmpty();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.headers().firstValue("Retry-After"))
                .contains("1"));
    }

    @Test
    void otherRegistersOfTheVendorGoOn() {
        FakeRegister flooding = shop.register();
        FakeRegister other = shop.register();
        shop.pairedDeviceOf(other);

        flood(flooding, flooding.purchase(0));

        assertThat(other.pays(500).status()).isEqualTo(200);
    }

    @Test
    void pollsAreNotLimited() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);
        Answer started = register.pays(500);

        assertThat(Stream.generate(() -> register.polls(started).status()).limit(200))
                .containsOnly(200);
    }

    private static List<Answer> flood(FakeRegister register, Map<String, String> parameters) {
        List<CompletableFuture<Answer>> requests = Stream.generate(() -> register.postsAsync(parameters))
                .limit(400)
                .toList();
        return requests.stream().map(CompletableFuture::join).toList();
    }
}
