package dev.terminalcloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanedProcessesTest {
    @TempDir
    Path data;

    @TempDir
    Path otherData;

    @Test
    void servicesOfThisDataFolderAreKilledAndNoOthers() throws Exception {
        ServiceProcess ours = start(data);
        ServiceProcess others = start(otherData);
        assertThat(OrphanedProcesses.killAll(data)).isTrue();
        assertThat(ProcessHandle.of(ours.pid()).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(ProcessHandle.of(others.pid()).filter(ProcessHandle::isAlive))
                .isPresent();
        assertThat(OrphanedProcesses.killAll(otherData)).isTrue();
    }

    @Test
    void unusedFolderHasNoOrphans() {
        assertThat(OrphanedProcesses.killAll(data)).isFalse();
    }

    @Test
    void folderWhoseNameBeginsAlikeIsAnotherFolder() throws Exception {
        Path longer = Files.createDirectory(Path.of(data + "-2"));
        ServiceProcess others = start(longer);
        assertThat(OrphanedProcesses.killAll(data)).isFalse();
        others.stop();
    }

    private static ServiceProcess start(Path data) throws IOException {
        Path logs = Files.createDirectories(data.resolve("logs"));
        ServiceProcess process = ServiceProcess.start(
                FakeService.thatLives(data, "one"),
                Profile.QUICK.serviceOptions(),
                data,
                new Logs(logs),
                Redirect.DISCARD);
        process.awaitReady(
                HttpClient.newHttpClient(),
                StartupWait.begin("one", "", new Progress(new PrintWriter(new StringWriter()))));
        return process;
    }
}
