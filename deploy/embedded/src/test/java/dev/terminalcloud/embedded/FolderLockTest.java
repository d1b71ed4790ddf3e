package dev.terminalcloud.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir
    Path folder;

    @Test
    void folderIsLockedOnceAtATime() {
        FolderLock first = FolderLock.tryAcquire(folder).orElseThrow();
        assertThat(FolderLock.tryAcquire(folder)).isEmpty();
        first.close();
        assertThat(FolderLock.tryAcquire(folder)).hasValueSatisfying(FolderLock::close);
    }

    @Test
    void lockEndsWithTheProcessThatHeldIt() throws Exception {
        ChildProcess holder = ChildProcess.start(Holder.class, folder.toString());
        assertThat(FolderLock.tryAcquire(folder)).isEmpty();
        holder.kill();
        assertThat(FolderLock.tryAcquire(folder)).hasValueSatisfying(FolderLock::close);
    }

    /** A separate process that holds the lock. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            FolderLock lock = FolderLock.tryAcquire(folder).orElseThrow();
            ChildProcess.answerAndStay(folder.toString());
            lock.close();
        }
    }
}
