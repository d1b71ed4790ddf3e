package dev.terminalcloud.benchmark.attack;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The process of the clients of an attack, each on a thread of its own. It prints {@value #STARTED}, and when its input ends the number of
 * steps that the clients have taken.
 */
final class AttackClients {
    static final String STARTED = "started";
    private static final long RETRY_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final LongAdder steps = new LongAdder();

    private AttackClients() {}

    /** Runs the process. Arguments: attack, gateway, address for devices, first device, secret, number of clients. */
    public static void main(String[] arguments) throws IOException {
        Attack attack = Attack.valueOf(arguments[0]);
        AttackTarget target = new AttackTarget(
                URI.create(arguments[1]), URI.create(arguments[2]), Long.parseLong(arguments[3]), arguments[4]);
        AttackClients clients = new AttackClients();
        for (int i = 0; i < Integer.parseInt(arguments[5]); i++) {
            AttackClient client = attack.open(target, i);
            Thread thread = new Thread(() -> clients.run(client), "client-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        System.out.println(STARTED);
        byte[] unused = System.in.readAllBytes();
        System.out.println(clients.steps.sum());
    }

    private void run(AttackClient client) {
        while (true) {
            steps.increment();
            try {
                client.step();
            } catch (IOException closedByTheSystem) {
                LockSupport.parkNanos(RETRY_DELAY_NANOS);
            }
        }
    }
}
