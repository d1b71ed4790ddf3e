package dev.terminalcloud.benchmark;

import dev.terminalcloud.benchmark.cloud.CloudDriver;
import dev.terminalcloud.benchmark.load.ArrivalSchedule;
import dev.terminalcloud.benchmark.load.OpenLoop;
import dev.terminalcloud.benchmark.load.Trial;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;

/**
 * Registers that start purchases and poll for their results, each on a device of its own that approves at once: an open-loop load, so that
 * a stall is charged to each purchase that should have begun meanwhile.
 */
final class HealthyRegisters implements AutoCloseable {
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final CloudDriver driver;
    private final OpenLoop loop;
    private final int perSecond;

    /**
     * Connects the devices, from the first on, and pairs the registers.
     *
     * @param perSecond purchases per second of all registers
     */
    HealthyRegisters(SystemUnderTest cloud, int registers, int perSecond) throws IOException {
        this.driver = CloudDriver.open(
                vertx, cloud.url(), cloud.devicesUrl(), cloud.firstDevice(), registers, cloud.secret());
        this.loop = new OpenLoop(driver, DRAIN_TIMEOUT);
        this.perSecond = perSecond;
    }

    /**
     * Pays for a while.
     *
     * @throws IOException if a purchase was not approved, or not within 20 s after the last
     */
    Trial pay(Duration time) throws IOException, InterruptedException {
        Trial trial = loop.run(new ArrivalSchedule(perSecond, time));
        if (trial.failed() + trial.unfinished() > 0) {
            throw new IOException("%d purchases were not approved, %d did not end: %s"
                    .formatted(
                            trial.failed(),
                            trial.unfinished(),
                            trial.firstFailure().orElse("timed out")));
        }
        return trial;
    }

    @Override
    public void close() throws IOException {
        driver.close();
        vertx.close();
    }
}
