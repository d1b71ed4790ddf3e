package dev.terminalcloud.local;

import com.sun.net.httpserver.HttpServer;
import dev.terminalcloud.embedded.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A fake process of a service: it reports that it is ready, or dies at once. */
final class FakeService {
    private static final String FATE = "FATE";

    private FakeService() {}

    static Service thatLives(Path folder, String name) {
        return service(folder, name, "live");
    }

    static Service thatDies(Path folder, String name) {
        return service(folder, name, "die");
    }

    private static Service service(Path folder, String name, String fate) {
        int port = Port.free();
        return Service.ofJar(name, jar(folder), port, Map.of(FATE, fate, "QUARKUS_HTTP_PORT", Integer.toString(port)));
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

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String fate = System.getenv(FATE);
        System.out.println("I shall " + fate);
        if (fate.equals("die")) {
            System.exit(3);
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
