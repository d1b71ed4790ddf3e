package dev.terminalcloud.local;

import com.sun.net.httpserver.HttpServer;
import dev.terminalcloud.embedded.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A fake process of a service: it reports that it is ready, at once or later, or dies, or hangs. */
final class FakeService {
    private static final String FATE = "FATE";

    /** The time between two lines in the log of a service that is slow. */
    static final Duration STEP = Duration.ofMillis(500);

    static final int SLOW_STEPS = 10;

    private FakeService() {}

    static Service thatLives(Path folder, String name) {
        return service(folder, name, "live");
    }

    static Service thatDies(Path folder, String name) {
        return service(folder, name, "die");
    }

    /** Is not ready for a while, and says so in its log. */
    static Service thatIsSlow(Path folder, String name) {
        return service(folder, name, "be slow");
    }

    /** Is never ready, and does nothing. */
    static Service thatHangs(Path folder, String name) {
        return service(folder, name, "hang");
    }

    private static Service service(Path folder, String name, String fate) {
        int port = Port.free();
        return Service.ofJar(
                name,
                jar(folder),
                ServicePorts.same(port),
                Map.of(FATE, fate, "QUARKUS_HTTP_PORT", Integer.toString(port)));
    }

    /** Creates a jar whose manifest refers to this class. */
    private static Path jar(Path folder) {
        Path jar = folder.resolve("fake-service.jar");
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        main.put(
                Attributes.Name.CLASS_PATH,
                FakeService.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString());
        try {
            new JarOutputStream(Files.newOutputStream(jar), manifest).close();
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Works for {@link #SLOW_STEPS} times as long as a step, with a line in the log after each. */
    private static void work() throws InterruptedException {
        for (int step = 1; step <= SLOW_STEPS; step++) {
            boolean unused = new CountDownLatch(1).await(STEP.toMillis(), TimeUnit.MILLISECONDS);
            System.out.println("step " + step);
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String fate = System.getenv(FATE);
        System.out.println("I shall " + fate);
        if (fate.equals("die")) {
            System.exit(3);
        }
        if (fate.equals("hang")) {
            new CountDownLatch(1).await();
        }
        if (fate.equals("be slow")) {
            work();
        }
        HttpServer server = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"))),
                0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        new CountDownLatch(1).await();
    }
}
