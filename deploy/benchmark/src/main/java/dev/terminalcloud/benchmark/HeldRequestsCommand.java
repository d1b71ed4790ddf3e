package dev.terminalcloud.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.terminalcloud.virtualregister.PosClient;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Benchmark of many requests that wait: memory and threads of the service, and whether each request gets its own result. */
@Command(
        name = "held",
        mixinStandardHelpOptions = true,
        description = {
            "Measures many requests that wait: registers pay on devices whose customers wait until all requests are held;",
            "then all customers pay, and each register must get the result of its own purchase."
        })
final class HeldRequestsCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int PROGRESS_EVERY = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Mixin
    private SystemUnderTest cloud;

    @Option(
            names = "--service",
            required = true,
            description = "Address of transaction-service, bypassing the gateway.")
    private URI service;

    @Option(names = "--pid", required = true, description = "Process id of transaction-service, on this machine.")
    private long pid;

    @Option(
            names = "--requests",
            defaultValue = "10000",
            description = "Number of requests to hold. Default: ${DEFAULT-VALUE}.")
    private int requests;

    @Option(
            names = "--wait",
            defaultValue = "SYNC",
            description = "How they wait: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private HeldRequestMode mode;

    @Option(
            names = "--waiters",
            defaultValue = "1",
            description = "Number of long polls or streams of one transaction, at most 8. Default: ${DEFAULT-VALUE}.")
    private int waiters;

    @Option(
            names = "--concurrency",
            defaultValue = "64",
            description = "Number of registers that pair or send concurrently. Default: ${DEFAULT-VALUE}.")
    private int concurrency;

    @Spec
    private CommandSpec spec;

    private PrintWriter out;

    @Override
    public Integer call() throws IOException, InterruptedException, TimeoutException {
        out = spec.commandLine().getOut();
        if (mode == HeldRequestMode.SYNC && waiters != 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--waiters needs --wait LONG_POLL or STREAM");
        }
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
        List<WaitingCustomer> customers = IntStream.range(0, requests / waiters)
                .mapToObj(number -> new WaitingCustomer(cloud, number, threads))
                .toList();
        PosClient client = PosClient.open();
        forEach(customers, "paired", customer -> customer.open(client, cloud.url()));
        if (mode != HeldRequestMode.SYNC) {
            forEach(customers, "started", customer -> customer.starts(client, service));
        }
        long before = JavaHeap.reachableKilobytes(pid);
        say("before: " + ProcessFigures.of(pid));
        Process registers = startRegisters();
        try (BufferedReader answers = registers.inputReader(UTF_8)) {
            hold(customers, registers.outputWriter(UTF_8));
            awaitHeld(customers.size() * waiters, answers);
            say("all are held: " + ProcessFigures.of(pid));
            say("reachable heap of each: %.1f KB"
                    .formatted((double) (JavaHeap.reachableKilobytes(pid) - before) / (customers.size() * waiters)));
            long begin = System.nanoTime();
            customers.forEach(WaitingCustomer::pays);
            requireOwnResults(answers, customers.size());
            say("all %d are answered %.1f s after the customers began to pay: %s"
                    .formatted(customers.size() * waiters, (System.nanoTime() - begin) / 1e9, ProcessFigures.of(pid)));
            return CommandLine.ExitCode.OK;
        } finally {
            registers.destroy();
            customers.forEach(WaitingCustomer::close);
            threads.shutdown();
        }
    }

    /** A request that is answered before its customer pays is not held: the answer says why. */
    private void awaitHeld(int all, BufferedReader answers) throws IOException, InterruptedException, TimeoutException {
        try {
            HeldRequestsGauge.await(pid, all, TIMEOUT);
        } catch (TimeoutException e) {
            if (answers.ready()) {
                throw new IOException(e.getMessage() + "; answered: " + answers.readLine(), e);
            }
            throw e;
        }
    }

    private void hold(List<WaitingCustomer> customers, BufferedWriter requestLines)
            throws InterruptedException, TimeoutException {
        forEach(customers, "held", customer -> {
            try {
                for (int i = 0; i < waiters; i++) {
                    requestLines.write(mode.line(customer));
                    requestLines.newLine();
                }
                requestLines.flush();
                return customer.waiting();
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    /** Runs a step for each customer with limited concurrency, so that holding is measured and not the peak load. */
    private void forEach(
            List<WaitingCustomer> customers, String done, Function<WaitingCustomer, CompletableFuture<Void>> step)
            throws InterruptedException, TimeoutException {
        Semaphore free = new Semaphore(concurrency);
        CompletableFuture<Void> failed = new CompletableFuture<>();
        for (int i = 0; i < customers.size(); i++) {
            acquire(free, 1, failed);
            CompletableFuture<?> unused = step.apply(customers.get(i)).whenComplete((nothing, failure) -> {
                if (failure != null) {
                    failed.completeExceptionally(failure);
                }
                free.release();
            });
            if ((i + 1) % PROGRESS_EVERY == 0) {
                say("%d %s".formatted(i + 1, done));
            }
        }
        acquire(free, concurrency, failed);
    }

    private static void acquire(Semaphore free, int permits, CompletableFuture<Void> failed)
            throws InterruptedException, TimeoutException {
        boolean acquired = free.tryAcquire(permits, TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        if (failed.isCompletedExceptionally()) {
            failed.join();
        }
        if (!acquired) {
            throw new TimeoutException("Timed out after " + TIMEOUT.toSeconds() + " s without progress");
        }
    }

    private Process startRegisters() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeldRegisters.class.getName(),
                        service.toString())
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private void requireOwnResults(BufferedReader answers, int transactions) throws IOException {
        Map<String, Integer> answered = new HashMap<>();
        for (int i = 0; i < transactions * waiters; i++) {
            String line = answers.readLine();
            JsonNode answer = line == null ? JSON.missingNode() : parse(line);
            boolean approved =
                    answer.path("data").path("TransactionResult").asText().equals("OK-ACCEPTED");
            if (!approved || answered.merge(answer.path("transactionId").asText(), 1, Integer::sum) > waiters) {
                throw new IOException("A register did not get the result of its own purchase: " + line);
            }
        }
    }

    private static JsonNode parse(String line) throws IOException {
        return line.startsWith("{") ? JSON.readTree(line) : JSON.missingNode();
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
