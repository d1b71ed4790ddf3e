package dev.terminalcloud.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terminalcloud.embedded.test.DataRetentionPage;
import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The page on data retention names each column of this service's tables, and its configuration. */
@QuarkusTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "transaction"))
class DataRetentionTest {
    private static final String TABLES =
            """
            select c.table_name || ' ' || string_agg(c.column_name, ' ')
            from information_schema.columns c
            join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
            where t.table_type = 'BASE TABLE' and c.table_schema = current_schema() and c.table_name <> 'flyway_schema_history'
            group by c.table_name
            """;

    @Inject
    Pool pool;

    @Test
    void eachColumnHasARetention() throws IOException {
        TreeMap<String, TreeSet<String>> columns = new TreeMap<>();
        for (Row found : pool.query(TABLES).execute().await().indefinitely()) {
            String[] row = found.getString(0).split(" ");
            columns.put(row[0], new TreeSet<>(Arrays.asList(row).subList(1, row.length)));
        }

        assertThat(DataRetentionPage.read().columnsOf("transaction-service"))
                .as("deploy/data-retention.md")
                .isEqualTo(columns);
    }

    @Test
    void eachRetentionIsTheDefault() throws IOException {
        assertThat(DataRetentionPage.read().keysOf("transaction-service"))
                .isNotEmpty()
                .allSatisfy((key, text) -> assertThat(ConfigProvider.getConfig().getValue(key, Duration.class))
                        .isEqualTo(new DurationConverter().convert(text)));
    }
}
