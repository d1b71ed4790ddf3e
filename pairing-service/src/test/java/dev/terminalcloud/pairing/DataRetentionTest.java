package dev.terminalcloud.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.DataRetentionPage;
import dev.terminalcloud.embedded.test.TableColumns;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The page on data retention names each column of this service's tables, and its configuration. */
@QuarkusTest
class DataRetentionTest {
    @Inject
    Database database;

    @Test
    void eachColumnHasARetention() throws IOException {
        assertThat(DataRetentionPage.read().columnsOf("pairing-service"))
                .as("deploy/data-retention.md")
                .isEqualTo(TableColumns.of(database.query(TableColumns.QUERY)));
    }

    @Test
    void eachRetentionIsTheDefault() throws IOException {
        assertThat(DataRetentionPage.read().keysOf("pairing-service"))
                .isNotEmpty()
                .allSatisfy((key, text) -> assertThat(ConfigProvider.getConfig().getValue(key, Duration.class))
                        .isEqualTo(new DurationConverter().convert(text)));
    }
}
