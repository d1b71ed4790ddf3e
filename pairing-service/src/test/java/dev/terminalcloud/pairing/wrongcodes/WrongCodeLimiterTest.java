package dev.terminalcloud.pairing.wrongcodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.pairing.Database;
import dev.terminalcloud.pairing.FakeDevice;
import dev.terminalcloud.pairing.FakeRegister;
import dev.terminalcloud.pairing.TestFixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits for wrong codes of a register and of an address (POS API, section 8), with the default values. */
@QuarkusTest
class WrongCodeLimiterTest {
    private static final String WRONG = "00000000";
    private static final String MALFORMED = "1234";

    @Inject
    TestFixtures world;

    @Inject
    Database database;

    @AfterEach
    void restore() {
        database.update("drop trigger if exists refuse on wrong_code");
    }

    @Test
    void registerMaySendFiveWrongCodesInARow() {
        FakeRegister register = world.register();

        assertThat(statuses(register, WRONG, 5)).containsOnly(400);
        HttpResponse<String> sixth = register.pair(WRONG);

        assertThat(sixth.statusCode()).isEqualTo(429);
        assertThat(sixth.body()).isEqualTo("{\"error\":\"Too many wrong pairing codes. Try again later\"}");
        assertThat(retryAfter(sixth)).isBetween(1L, 60L);
        assertThat(sixth.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("Retry-After");
    }

    @Test
    void registerThatUsedThemUpMayTryOnceAMinute() {
        FakeRegister register = world.register();
        statuses(register, WRONG, 5);

        letPass("1 minute", register.address());

        assertThat(statuses(register, WRONG, 2)).containsExactly(400, 429);
        letPass("1 minute", register.address());
        assertThat(statuses(register, WRONG, 2)).containsExactly(400, 429);
    }

    @Test
    void registerHasAllItsTriesAgainFiveMinutesLater() {
        FakeRegister register = world.register();
        statuses(register, WRONG, 5);

        letPass("5 minutes", register.address());

        assertThat(statuses(register, WRONG, 6)).containsExactly(400, 400, 400, 400, 400, 429);
    }

    @Test
    void refusedTriesDoNotMakeItWaitLonger() {
        FakeRegister register = world.register();
        statuses(register, WRONG, 25);

        letPass("1 minute", register.address());

        assertThat(register.pair(WRONG).statusCode()).isEqualTo(400);
    }

    @Test
    void correctCodeOverTheLimitIsNotCheckedAndStaysValid() {
        FakeDevice device = world.device().hello();
        String code = device.freshCode();
        FakeRegister register = world.register();
        statuses(register, WRONG, 5);

        assertThat(register.pair(code).statusCode()).isEqualTo(429);
        letPass("1 minute", register.address());

        assertThat(register.pair(code).statusCode()).isEqualTo(200);
    }

    @Test
    void repeatedClaimOverTheLimitIsNotCheckedAndThePairingStays() {
        FakeDevice device = world.device().hello();
        String code = device.freshCode();
        FakeRegister register = world.register();
        register.pair(code);
        statuses(register, WRONG, 5);

        assertThat(register.pair(code).statusCode()).isEqualTo(429);
        letPass("1 minute", register.address());

        assertThat(register.pair(code).statusCode()).isEqualTo(200);
        assertThat(register.event(2)).isEqualTo(register.pairedWith(device, 2, 1));
    }

    @Test
    void rightCodesCountNothing() {
        FakeDevice device = world.device().hello();
        FakeRegister register = world.register();
        statuses(register, WRONG, 4);
        String code = device.freshCode();

        assertThat(statuses(register, code, 6)).containsOnly(200);
        assertThat(statuses(register, WRONG, 2)).containsExactly(400, 429);
    }

    @Test
    void malformedCodesCount() {
        FakeRegister register = world.register();

        assertThat(statuses(register, MALFORMED, 6)).containsExactly(400, 400, 400, 400, 400, 429);
    }

    @Test
    void requestThatLacksAParameterCountsNothing() {
        FakeRegister register = world.register().without("POSBusinessName");
        assertThat(statuses(register, WRONG, 6)).containsOnly(400);

        register.with("POSBusinessName", "Bakery");

        assertThat(statuses(register, WRONG, 6)).containsExactly(400, 400, 400, 400, 400, 429);
    }

    @Test
    void sameRegisterAtAnotherAddressHasAnotherLimit() {
        FakeRegister register = world.register();
        statuses(register, WRONG, 6);

        assertThat(register.from(world.address()).pair(WRONG).statusCode()).isEqualTo(400);
    }

    @Test
    void sameRegisterIdOfAnotherVendorHasAnotherLimit() {
        FakeRegister register = world.register();
        statuses(register, WRONG, 6);

        assertThat(register.with("POSVendorName", "Another").pair(WRONG).statusCode())
                .isEqualTo(400);
    }

    @Test
    void addressMaySendThirtyWrongCodesAnHour() {
        String address = world.address();

        assertThat(wrongFrom(address, 30)).containsOnly(400);
        HttpResponse<String> next = world.register().from(address).pair(WRONG);

        assertThat(next.statusCode()).isEqualTo(429);
        assertThat(retryAfter(next)).isBetween(3_500L, 3_600L);
        assertThat(world.register().pair(WRONG).statusCode())
                .as("from another address")
                .isEqualTo(400);
    }

    @Test
    void addressMayTryAgainWhenItsOldestWrongCodeIsAnHourOld() {
        String address = world.address();
        wrongFrom(address, 1);
        letPass("10 minutes", address);
        wrongFrom(address, 29);

        letPass("49 minutes", address);
        HttpResponse<String> refused = world.register().from(address).pair(WRONG);
        letPass("1 minute", address);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(retryAfter(refused)).isBetween(1L, 60L);
        assertThat(wrongFrom(address, 2)).containsExactly(400, 429);
        letPass("10 minutes", address);
        assertThat(wrongFrom(address, 30)).filteredOn(status -> status == 400).hasSize(29);
    }

    @Test
    void eachSuccessfulPairingOfTheDayAllowsOneMore() {
        FakeDevice device = world.device().hello();
        String address = world.address();
        pairFrom(address, device);
        pairFrom(address, device);

        assertThat(wrongFrom(address, 33)).filteredOn(status -> status == 400).hasSize(32);
    }

    @Test
    void repeatedClaimAllowsNoMore() {
        FakeDevice device = world.device().hello();
        String code = device.freshCode();
        FakeRegister register = world.register();
        assertThat(statuses(register, code, 3)).containsOnly(200);

        assertThat(wrongFrom(register.address(), 33))
                .filteredOn(status -> status == 400)
                .hasSize(31);
    }

    @Test
    void pairingOfTheDayBeforeAllowsNoMore() {
        String address = world.address();
        pairFrom(address, world.device().hello());
        pairFrom(address, world.device().hello());
        database.update(
                """
                update pairing_code set claimed_at = now() - interval '24 hours'
                where code = (select code from pairing_code where claimed_from = ? limit 1)
                """,
                address);

        assertThat(wrongFrom(address, 33)).filteredOn(status -> status == 400).hasSize(31);
    }

    @Test
    void wholeNetworkOfAnIpv6CustomerIsOneAddress() {
        String network =
                "2001:db8:%s:".formatted(world.address().replace("10.", "").replace('.', ':'));
        List<FakeRegister> registers = IntStream.range(0, 31)
                .mapToObj(i -> world.register().from(network + ":" + Integer.toHexString(i + 1)))
                .toList();

        assertThat(registers.stream().map(register -> register.pair(WRONG).statusCode()))
                .filteredOn(status -> status == 400)
                .hasSize(30);
    }

    /** One more /64 for each wrong code: a /56 has 256 of them, a /48 has 65,536. */
    @ParameterizedTest
    @CsvSource({"2001:db8:%s:1%02x::1, 60", "2001:db8:%s:%02x00::1, 120"})
    void wholeSiteOfAnIpv6CustomerHasALimitOfItsOwn(String pattern, int limit) {
        String site = "%x".formatted(ThreadLocalRandom.current().nextInt(0x1000, 0xffff));

        List<Integer> statuses = IntStream.range(0, limit + 2)
                .mapToObj(i -> world.register()
                        .from(pattern.formatted(site, i))
                        .pair(WRONG)
                        .statusCode())
                .toList();

        assertThat(statuses.subList(0, limit)).containsOnly(400);
        assertThat(statuses.subList(limit, limit + 2)).containsOnly(429);
    }

    @Test
    void eachSuccessfulPairingAllowsItsSiteOneMore() {
        String site = "2001:db8:%x:".formatted(ThreadLocalRandom.current().nextInt(0x1000, 0xffff));
        pairFrom(site + "ff::1", world.device().hello());

        List<Integer> statuses = IntStream.range(0, 62)
                .mapToObj(i -> world.register()
                        .from(site + "%x::1".formatted(i))
                        .pair(WRONG)
                        .statusCode())
                .toList();

        assertThat(statuses).filteredOn(status -> status == 400).hasSize(61);
    }

    @Test
    void inventedHeaderDoesNotMakeAnotherClient() {
        String address = world.address();
        List<FakeRegister> registers = IntStream.range(0, 31)
                .mapToObj(i -> world.register().from("198.51.100.%d, %s".formatted(i, address)))
                .toList();

        assertThat(registers.stream().map(register -> register.pair(WRONG).statusCode()))
                .filteredOn(status -> status == 400)
                .hasSize(30);
    }

    @Test
    void wrongCodeThatCannotBeCountedIsNotAnsweredAndCountsNothing() {
        FakeRegister register = world.register();
        refuseToCount(register);

        HttpResponse<String> unclear = register.pair(WRONG);
        restore();

        assertThat(unclear.statusCode()).isEqualTo(503);
        assertThat(unclear.headers().firstValue("Retry-After")).contains("2");
        assertThat(statuses(register, WRONG, 6)).containsExactly(400, 400, 400, 400, 400, 429);
    }

    private void pairFrom(String address, FakeDevice device) {
        HttpResponse<String> answer = world.register().from(address).pair(device.freshCode());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private List<Integer> wrongFrom(String address, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> world.register().from(address).pair(WRONG).statusCode())
                .toList();
    }

    private static List<Integer> statuses(FakeRegister register, String code, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> register.pair(code).statusCode())
                .toList();
    }

    private static long retryAfter(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("Retry-After").orElseThrow();
    }

    /** Makes the counted codes older in the database, whose clock they use. */
    private void letPass(String time, String address) {
        int moved = database.update(
                """
                update wrong_code
                set attempted_at = attempted_at - cast(? as interval), replenished_at = replenished_at - cast(? as interval)
                where address = ?
                """,
                time,
                time,
                address);
        assertThat(moved).isPositive();
    }

    private void refuseToCount(FakeRegister register) {
        database.update(
                """
                create or replace function refuse_to_count() returns trigger language plpgsql as $$
                begin
                    raise exception 'refused by the test' using errcode = '40001';
                end $$
                """);
        database.update("create trigger refuse before insert on wrong_code for each row when (new.register_id = '%s')"
                        .formatted(register.id())
                + " execute function refuse_to_count()");
    }
}
