package dev.terminalcloud.certification.pos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.terminalcloud.certification.operator.CertificationOperator;
import dev.terminalcloud.certification.operator.Question;
import dev.terminalcloud.certification.operator.Task;
import dev.terminalcloud.certification.pos.scenario.PosQuestion;
import dev.terminalcloud.certification.pos.scenario.PosTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;

/** The JavaScript example of the POS API, and its operator: each step is a run of it. */
final class NodeTill implements CertificationOperator, AutoCloseable {
    private static final Path EXAMPLES = Path.of("../pos-api/examples");
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final String url;
    private final Path folder;
    private final int callbackPort;
    private final Process receiver;
    private final AtomicInteger runs = new AtomicInteger();
    private List<String> options = List.of();
    private Process till;
    private Path output;

    NodeTill(String url, Path folder) throws IOException {
        this.url = url;
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            callbackPort = free.getLocalPort();
        }
        receiver = run(List.of("callback.mjs", Integer.toString(callbackPort), store()), folder.resolve("callbacks"));
    }

    static boolean isInstalled() {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String store() {
        return folder.resolve("store").toString();
    }

    private static Process run(List<String> arguments, Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(EXAMPLES.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private void start(List<String> more) {
        stop();
        output = folder.resolve("till-" + runs.incrementAndGet());
        List<String> arguments = new ArrayList<>(List.of("till-node.mjs", "--url", url, "--store", store()));
        arguments.addAll(List.of("--callback-url", "http://127.0.0.1:" + callbackPort + "/"));
        arguments.addAll(more);
        try {
            till = run(arguments, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        if (till != null) {
            till.destroyForcibly();
            await().atMost(MAX_WAIT).until(() -> !till.isAlive());
        }
    }

    private String lines() {
        try {
            return Files.readString(output, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pay(long cents, String... more) {
        options = new ArrayList<>(List.of("--amount", Long.toString(cents)));
        Collections.addAll(options, more);
        start(options);
    }

    @Override
    public void perform(Task task) {
        if (task instanceof PosTask.Pair pair) {
            start(List.of("--code", pair.code(), "--amount", "0"));
            await().atMost(MAX_WAIT).until(() -> !till.isAlive());
        } else if (task instanceof PosTask.Pay pay) {
            pay(pay.cents());
        } else if (task instanceof PosTask.PayAndCancel pay) {
            pay(pay.cents(), "--cancel-after", "1");
        } else if (task instanceof PosTask.Refund refund) {
            String paid = lines().lines()
                    .filter(line -> line.startsWith("started "))
                    .findFirst()
                    .orElseThrow();
            pay(refund.cents(), "--refund-of", paid.substring("started ".length()));
        } else if (task instanceof PosTask.PowerOff) {
            stop();
        } else if (task instanceof PosTask.PowerOn) {
            List<String> again = new ArrayList<>(options);
            again.addAll(List.of(
                    "--reference", lines().lines().findFirst().orElseThrow().substring("sale ".length())));
            start(again);
        }
    }

    @Override
    public void awaiting(Duration left) {}

    @Override
    public boolean confirms(Question question) {
        try {
            await().atMost(MAX_WAIT).until(() -> isSeen((PosQuestion) question));
            return true;
        } catch (ConditionTimeoutException notSeen) {
            return false;
        }
    }

    private boolean isSeen(PosQuestion question) {
        String shown = lines();
        String last = shown.lines().reduce((earlier, later) -> later).orElse("");
        String detail = question.detail();
        return switch (question.display()) {
            case WRONG_CODE -> last.contains("Invalid Pairing Code");
            case APPROVED -> last.startsWith("PAID ");
            case APPROVED_ONCE ->
                last.startsWith("PAID ")
                        && shown.lines()
                                        .filter(line -> line.startsWith("PAID "))
                                        .count()
                                == 1;
            case TOTAL -> last.startsWith("PAID " + detail.replace(".", "") + " ");
            case DECLINED -> last.equals("NOT PAID OK-DECLINED") && shown.contains(detail);
            case CANCELLED -> last.equals("NOT PAID CANCELLED");
            case NOT_APPROVED -> last.startsWith("NOT PAID ");
            case BUSY -> last.equals("NOT STARTED device is busy");
            case REJECTED -> last.equals("NOT STARTED " + detail);
            case NOT_PAIRED -> last.startsWith("NOT STARTED This register is not paired");
            case NOT_STARTED -> last.startsWith("NOT STARTED ");
            case OPEN -> till.isAlive() && shown.contains("OK-DELAYED");
            case UNKNOWN -> last.startsWith("UNKNOWN ");
            case OFF -> !till.isAlive();
        };
    }

    @Override
    public void inform(String news) {}

    @Override
    public void close() {
        stop();
        receiver.destroyForcibly();
    }
}
