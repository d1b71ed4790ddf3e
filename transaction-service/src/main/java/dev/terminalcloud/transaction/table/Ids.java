package dev.terminalcloud.transaction.table;

import java.util.Collection;
import java.util.UUID;

/** The ids of any number of transactions as one parameter of a statement, whose text is the same for any number. */
final class Ids {
    /**
     * The condition on {@code Transaction t} in HQL that its id is one of {@code :ids}, which are {@link #texts}. With {@code in} Hibernate
     * would translate the query for each execution, and PostgreSQL prepare another statement for each number of ids.
     */
    static final String IS_ONE_OF =
            "cast(sql('(? = any (cast(cast(? as text[]) as uuid[])))', t.id, :ids) as Boolean) = true";

    private Ids() {}

    static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
