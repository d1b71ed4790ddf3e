package dev.terminalcloud.database;

import io.vertx.mutiny.sqlclient.RowSet;
import java.util.List;
import java.util.stream.StreamSupport;

/** The rows that a statement has returned. */
public final class Rows {
    private Rows() {}

    /** Returns the rows in their order, as what the statement maps them to. */
    public static <T> List<T> list(RowSet<T> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
