package dev.terminalcloud.benchmark;

import dev.terminalcloud.benchmark.attack.Attack;
import dev.terminalcloud.benchmark.attack.AttackProcess;
import dev.terminalcloud.benchmark.attack.AttackTarget;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Comparisons of purchases without and with an attack, in turns, so that other load of the machine affects both alike. It prints a line of
 * a Markdown table for each.
 */
final class AttackComparison {
    private final SystemUnderTest cloud;
    private final HealthyRegisters registers;
    private final Duration time;
    private final PrintWriter out;

    private AttackComparison(SystemUnderTest cloud, HealthyRegisters registers, Duration time, PrintWriter out) {
        this.cloud = cloud;
        this.registers = registers;
        this.time = time;
        this.out = out;
    }

    /**
     * Prints the head of the table.
     *
     * @param seconds time to measure without an attack, and again with it
     */
    static AttackComparison start(SystemUnderTest cloud, HealthyRegisters registers, int seconds, PrintWriter out) {
        AttackComparison comparison = new AttackComparison(cloud, registers, Duration.ofSeconds(seconds), out);
        comparison.print("| attack | attempts/s | median ms without | with | p99 ms without | with | ratio |");
        comparison.print("| --- | --- | --- | --- | --- | --- | --- |");
        return comparison;
    }

    /**
     * Lets the attack run beside purchases and measures nothing.
     *
     * @param firstDevice number of the first device of the attack
     * @param clients number of clients that attack
     */
    void warmUp(Attack attack, int firstDevice, int clients, Duration warmUp) throws IOException, InterruptedException {
        try (AttackProcess process = AttackProcess.start(attack, target(firstDevice), clients)) {
            registers.pay(warmUp);
            process.stop();
        }
    }

    /**
     * Measures the purchases without and with an attack.
     *
     * @param name name of the attack in the table
     * @param firstDevice number of the first device of the attack, if devices attack
     * @param clients number of clients that attack
     */
    void measure(String name, Attack attack, int firstDevice, int clients) throws IOException, InterruptedException {
        Histogram without = registers.pay(time).toEnd();
        try (AttackProcess process = AttackProcess.start(attack, target(firstDevice), clients)) {
            Histogram with = registers.pay(time).toEnd();
            print("| %s | %d | %.1f | %.1f | %.1f | %.1f | %.2f |"
                    .formatted(
                            name,
                            process.stop() / time.toSeconds(),
                            millis(without, 50),
                            millis(with, 50),
                            millis(without, 99),
                            millis(with, 99),
                            millis(with, 99) / millis(without, 99)));
        }
    }

    private AttackTarget target(int firstDevice) {
        return new AttackTarget(cloud.url(), cloud.devicesUrl(), cloud.firstDevice() + firstDevice, cloud.secret());
    }

    private static double millis(Histogram times, int percentile) {
        return times.getValueAtPercentile(percentile) / 1e6;
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
