package dev.terminalcloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void oneStackUsesItAtATime() {
        DataFolder first = DataFolder.take(folder);
        assertThatThrownBy(() -> DataFolder.take(folder))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Another stack uses the data in " + folder)
                .hasMessageContaining("--data");
        first.release();
        DataFolder.take(folder).release();
    }

    @Test
    void folderThatHoldsSomethingElseIsNotTouched() throws Exception {
        Path photo = Files.createFile(folder.resolve("kafka"));
        assertThatThrownBy(() -> DataFolder.take(folder))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("--data");
        assertThat(folder).isDirectoryContaining(photo::equals);
    }

    @Test
    void clearingDeletesWhatIsStoredAndNothingElse() throws Exception {
        DataFolder data = DataFolder.take(folder);
        Files.createDirectories(data.kafka().resolve("device-events-0"));
        Files.createFile(Files.createDirectories(data.postgres()).resolve("PG_VERSION"));
        Files.createDirectories(data.devices());
        Files.createDirectories(data.program());
        Files.createDirectories(data.logs().folder());
        data.clear();
        assertThat(data.kafka()).doesNotExist();
        assertThat(data.postgres()).doesNotExist();
        assertThat(data.devices()).doesNotExist();
        assertThat(data.program()).exists();
        assertThat(data.logs().folder()).exists();
        data.release();
    }
}
