package dev.terminalcloud.systemtests.reruns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RerunTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path root;

    @Test
    void repeatedTestIsListedWithItsFirstFailure() throws IOException {
        report(
                "deploy/system-tests",
                BEGIN,
                """
                <testsuite>
                  <testcase name="succeeds" classname="a.FirstTest"/>
                  <testcase name="fails" classname="a.FirstTest"><failure>no</failure><rerunFailure>no</rerunFailure></testcase>
                  <testcase name="isRepeated" classname="a.FirstTest">
                    <flakyFailure message="m" type="t"><stackTrace>java.lang.AssertionError:

                [late]
                	at a.FirstTest</stackTrace></flakyFailure>
                    <flakyFailure message="m" type="t"><stackTrace>second</stackTrace></flakyFailure>
                  </testcase>
                </testsuite>
                """);
        report(
                "shared-events",
                BEGIN,
                """
                <testsuite>
                  <testcase name="breaks" classname="b.SecondTest"><flakyError><stackTrace>IOException</stackTrace></flakyError></testcase>
                </testsuite>
                """);
        assertThat(Rerun.in(root, BEGIN))
                .containsExactly(
                        new Rerun("a.FirstTest.isRepeated", "java.lang.AssertionError: [late]"),
                        new Rerun("b.SecondTest.breaks", "IOException"));
    }

    @Test
    void reportOfAnEarlierBuildIsIgnored() throws IOException {
        report(
                "shared-events",
                BEGIN.minusSeconds(1),
                "<testsuite><testcase name='x' classname='c'><flakyError>old</flakyError></testcase></testsuite>");
        assertThat(Rerun.in(root, BEGIN)).isEmpty();
    }

    private void report(String module, Instant written, String content) throws IOException {
        Path folder = Files.createDirectories(root.resolve(module).resolve("target/surefire-reports"));
        Path file = Files.writeString(folder.resolve("TEST-a.xml"), content);
        Files.setLastModifiedTime(file, FileTime.from(written));
    }
}
