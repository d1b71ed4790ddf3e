package dev.terminalcloud.transaction;

import static dev.terminalcloud.transaction.FakeOperator.OPERATOR;
import static dev.terminalcloud.transaction.FakeOperator.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import dev.terminalcloud.virtualregister.Answer;
import dev.terminalcloud.virtualregister.FormBody;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Administration of transactions: roles, and what operators see. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class TransactionAdminResourceTest {
    private static final FakeOperator ANONYMOUS = new FakeOperator("operator", "wrong");
    private static final String SOME = "0f8a9f0c-6c5b-4f9e-9d9b-0a6ad1c5b1f2";

    @Inject
    TestFixtures shop;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | transactions            | 200 | 200 |",
                "GET | transactions/" + SOME + "         | 404 | 404 |",
                "GET | audit                   | 200 | 200 |",
                "PUT | transactions/" + SOME + "/outcome | 403 | 404 | {\"result\":\"failed\",\"reason\":\"r\"}",
            })
    void viewerCanReadButNotResolve(String method, String path, int viewer, int operator, String json) {
        assertThat(VIEWER.sends(method, "/admin/" + path, json).status()).isEqualTo(viewer);
        assertThat(OPERATOR.sends(method, "/admin/" + path, json).status()).isEqualTo(operator);
        assertThat(ANONYMOUS.sends(method, "/admin/" + path, json).status()).isEqualTo(401);
    }

    @Test
    void authorizationHeaderOfAPosIsIgnored() {
        FakeRegister register = shop.register();
        shop.pairedDeviceOf(register);

        Answer started = register.sends(register.request("/POS/Transaction")
                .header("Authorization", ANONYMOUS.authorization())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(FormBody.encode(register.purchase(500)))));

        assertThat(started.status()).isEqualTo(200);
        assertThat(register.sends(register.request("/pos/transaction/" + started.transactionId()
                                        + "?merchantAccessToken=" + started.token())
                                .header("Authorization", "Bearer of.a.token"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void transactionIsShownWithWhatIsKnownAndWithoutSecrets() {
        StuckPurchase stuck = StuckPurchase.neverSeen(shop);

        JsonObject shown = OPERATOR.views(stuck.id());

        assertThat(shown.getString("phase")).isEqualTo("STARTED");
        assertThat(shown.getString("resolutionStatus")).isEqualTo("NEVER_SEEN");
        assertThat(shown.getString("explanation")).startsWith("The device lost its journal");
        assertThat(shown.getJsonObject("register").getString("registerId"))
                .isEqualTo(stuck.register().id());
        assertThat(shown.getJsonObject("device").getString("deviceId"))
                .isEqualTo(stuck.device().id());
        assertThat(shown.getJsonObject("device").getInstant("connectedSince")).isNotNull();
        assertThat(shown.getJsonObject("request").getLong("amountTotalCents")).isEqualTo(500);
        assertThat(shown.getJsonObject("timestamps").fieldNames())
                .containsExactlyInAnyOrder(
                        "createdAt", "offeredAt", "deliveredAt", "startedAt", "delayedAt", "neverSeenAt");
        assertThat(shown.getJsonArray("discrepancies").getJsonObject(0).getString("reason"))
                .isEqualTo("NEVER_SEEN");
        assertThat(shown.encode()).doesNotContain(stuck.started().token());
    }

    @Test
    void disconnectedDeviceIsShownWithItsDisconnectTime() {
        StuckPurchase stuck = StuckPurchase.lost(shop);

        JsonObject device = OPERATOR.views(stuck.id()).getJsonObject("device");

        assertThat(device.containsKey("connectedSince")).isFalse();
        assertThat(device.getInstant("disconnectedSince")).isNotNull();
    }

    @Test
    void outcomeIsShownWithoutItsReceipt() {
        StuckPurchase running = StuckPurchase.running(shop);
        running.device().finishes(running.id(), FakeDevice.approved(500));
        running.awaitProcessed();

        JsonObject shown = OPERATOR.views(running.id());

        assertThat(shown.getString("resolutionStatus")).isEqualTo("COMPLETED");
        assertThat(shown.getJsonObject("outcome").getString("authId")).isEqualTo("123456");
        assertThat(shown.encode()).doesNotContain("RECEIPT");
    }

    @ParameterizedTest
    @CsvSource({
        "unfinished, true,  true,  true,  false",
        "delayed,    false, true,  true,  false",
        "unresolved, false, false, true,  false"
    })
    void listHasThoseInTheState(String state, boolean running, boolean delayed, boolean neverSeen, boolean completed) {
        StuckPurchase one = StuckPurchase.running(shop);
        StuckPurchase two = StuckPurchase.delayed(shop);
        StuckPurchase three = StuckPurchase.neverSeen(shop);
        StuckPurchase four = StuckPurchase.neverSeen(shop);
        OPERATOR.resolves(four.id(), FakeOperator.manualOutcome("cancelled"));

        List<UUID> listed = list("state=" + state + "&limit=500");

        assertThat(listed.contains(one.id())).isEqualTo(running);
        assertThat(listed.contains(two.id())).isEqualTo(delayed);
        assertThat(listed.contains(three.id())).isEqualTo(neverSeen);
        assertThat(listed.contains(four.id())).isEqualTo(completed);
    }

    @Test
    void pagesShowEachOnceAndTheOldestFirst() {
        StuckPurchase older = StuckPurchase.neverSeen(shop);
        StuckPurchase newer = StuckPurchase.neverSeen(shop);
        shop.execute(
                "update transaction set created_at = now() - interval '1 year' where id = $1", Tuple.of(older.id()));

        List<UUID> listed = list("state=unresolved&limit=1");

        assertThat(listed).doesNotHaveDuplicates().contains(older.id(), newer.id());
        assertThat(listed.indexOf(older.id())).isLessThan(listed.indexOf(newer.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=lost", "limit=0", "after=x"})
    void invalidParameterIsNamed(String query) {
        FakeOperator.Answer answer = OPERATOR.gets("/admin/transactions?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).startsWith(query.substring(0, query.indexOf('=')) + " must be ");
    }

    @Test
    void invalidIdIsRejected() {
        assertThat(OPERATOR.gets("/admin/transactions/1").error()).startsWith("transactionId must be a UUID");
    }

    private static List<UUID> list(String query) {
        List<UUID> listed = new ArrayList<>();
        String after = "";
        while (after != null) {
            JsonObject page =
                    OPERATOR.gets("/admin/transactions?" + query + after).body();
            page.getJsonArray("transactions").stream()
                    .map(JsonObject.class::cast)
                    .forEach(shown -> listed.add(UUID.fromString(shown.getString("id"))));
            after = page.containsKey("next") ? "&after=" + page.getString("next") : null;
        }
        return listed;
    }
}
