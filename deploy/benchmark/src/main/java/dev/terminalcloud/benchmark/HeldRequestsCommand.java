package dev.terminalcloud.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.virtualregister.PosClient;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
            names = "--warm-up",
            defaultValue = "200",
            description = "Number of transactions before, with as many requests each. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

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
        if (service.getPort() < 0) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--service needs a port");
        }
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
        List<WaitingCustomer> customers = IntStream.range(0, requests / waiters)
                .mapToObj(number -> new WaitingCustomer(cloud, number, threads))
                .toList();
        PosClient client = PosClient.open();
        forEach(customers, "paired", customer -> customer.open(client, cloud.url()));
        Process registers = startRegisters();
        try (BufferedReader answers = registers.inputReader(UTF_8)) {
            BufferedWriter requestLines = registers.outputWriter(UTF_8);
            warmUp(customers.subList(0, Math.min(warmUp, customers.size())), client, requestLines, answers);
            measure(customers, client, requestLines, answers);
            return CommandLine.ExitCode.OK;
        } finally {
            registers.destroy();
            customers.forEach(WaitingCustomer::close);
            threads.shutdown();
        }
    }

    /** Holds and answers requests before the others: the first ones of a process are slow, those of the registers' process too. */
    private void warmUp(
            List<WaitingCustomer> customers, PosClient client, BufferedWriter requestLines, BufferedReader answers)
            throws IOException, InterruptedException, TimeoutException {
        start(customers, client);
        int connections = ServiceGauges.connections(pid, service.getPort());
        hold(customers, requestLines);
        awaitHeld(customers.size() * waiters, answers);
        customers.forEach(WaitingCustomer::pays);
        PaidResults.require(PaidResults.read(answers, customers.size() * waiters), waiters);
        // So that the connections of those who are held afterwards count for them.
        ServiceGauges.awaitConnections(pid, service.getPort(), connections, TIMEOUT);
    }

    private void measure(
            List<WaitingCustomer> customers, PosClient client, BufferedWriter requestLines, BufferedReader answers)
            throws IOException, InterruptedException, TimeoutException {
        start(customers, client);
        int all = customers.size() * waiters;
        long before = JavaHeap.reachableKilobytes(pid);
        say("before: " + ProcessFigures.of(pid));
        hold(customers, requestLines);
        awaitHeld(all, answers);
        say("all are held: " + ProcessFigures.of(pid));
        say("reachable heap of each: %.1f KB".formatted((double) (JavaHeap.reachableKilobytes(pid) - before) / all));
        long begin = System.nanoTime();
        customers.forEach(WaitingCustomer::pays);
        CompletableFuture<Long> sent = CompletableFuture.supplyAsync(this::awaitAllAnswered);
        List<String> results = PaidResults.read(answers, all);
        say("all %d are answered %.1f s after the customers began to pay: %s"
                .formatted(all, (System.nanoTime() - begin) / 1e9, ProcessFigures.of(pid)));
        say("the service had answered all after %.1f s".formatted((sent.join() - begin) / 1e9));
        PaidResults.require(results, waiters);
    }

    private long awaitAllAnswered() {
        try {
            ServiceGauges.awaitAnswered(pid, service.getPort(), TIMEOUT);
            return System.nanoTime();
        } catch (IOException | InterruptedException | TimeoutException e) {
            throw new CompletionException(e);
        }
    }

    private void start(List<WaitingCustomer> customers, PosClient client)
            throws InterruptedException, TimeoutException {
        customers.forEach(WaitingCustomer::begins);
        if (mode != HeldRequestMode.SYNC) {
            forEach(customers, "started", customer -> customer.starts(client, service));
        }
    }

    /** A request that is answered before its customer pays is not held: the answer says why. */
    private void awaitHeld(int all, BufferedReader answers) throws IOException, InterruptedException, TimeoutException {
        try {
            ServiceGauges.awaitHeld(pid, all, TIMEOUT);
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

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
