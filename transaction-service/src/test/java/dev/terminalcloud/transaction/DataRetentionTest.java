package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.DataRetentionPage;
import dev.terminalcloud.embedded.test.TableColumns;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The page on data retention names each column of this service's tables, and its configuration. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class DataRetentionTest {
    @Inject
    Pool pool;

    @Test
    void eachColumnHasARetention() throws IOException {
        Iterable<String> rows = pool.query(TableColumns.QUERY)
                .mapping(row -> row.getString(0))
                .execute()
                .await()
                .indefinitely();

        assertThat(DataRetentionPage.read().columnsOf("transaction-service"))
                .as("deploy/data-retention.md")
                .isEqualTo(TableColumns.of(rows));
    }

    @Test
    void eachRetentionIsTheDefault() throws IOException {
        assertThat(DataRetentionPage.read().keysOf("transaction-service"))
                .isNotEmpty()
                .allSatisfy((key, text) -> assertThat(ConfigProvider.getConfig().getValue(key, Duration.class))
                        .isEqualTo(new DurationConverter().convert(text)));
    }
}
