package dev.terminalcloud.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A Java process on this class path that answers with one line and then stays until it is killed. */
final class ChildProcess {
    private static final String MARK = "answer ";

    private final Process process;
    private final String answer;

    private ChildProcess(Process process, String answer) {
        this.process = process;
        this.answer = answer;
    }

    static ChildProcess start(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.util.logging.manager=" + System.getProperty("java.util.logging.manager"),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String answer = output.lines()
                .filter(line -> line.startsWith(MARK))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(program.getSimpleName() + " exited without an answer"));
        return new ChildProcess(process, answer.substring(MARK.length()));
    }

    /** Called in the child process. */
    static void answerAndStay(String answer) {
        System.out.println(MARK + answer);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String answer() {
        return answer;
    }

    /** Kills the process like {@code kill -9}, and returns when it has exited. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
