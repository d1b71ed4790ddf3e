package dev.terminalcloud.embedded.test;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The columns of each table of a service's schema, as {@link DataRetentionPage#columnsOf} has them. */
public final class TableColumns {
    /** The query, on a connection of the service; each row of its result is one text. */
    public static final String QUERY =
            """
            select c.table_name || ' ' || string_agg(c.column_name, ' ')
            from information_schema.columns c
            join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
            where t.table_type = 'BASE TABLE' and c.table_schema = current_schema() and c.table_name <> 'flyway_schema_history'
            group by c.table_name
            """;

    private TableColumns() {}

    /** Returns the columns by table, from the texts of the rows. */
    public static SortedMap<String, SortedSet<String>> of(Iterable<?> rows) {
        SortedMap<String, SortedSet<String>> columns = new TreeMap<>();
        for (Object row : rows) {
            List<String> names = List.of(row.toString().split(" "));
            columns.put(names.get(0), new TreeSet<>(names.subList(1, names.size())));
        }
        return columns;
    }
}
