package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.administration.AdminParameters;
import dev.terminalcloud.administration.DatabaseOutage;
import dev.terminalcloud.database.Rows;
import dev.terminalcloud.pairing.history.PairingHistory;
import dev.terminalcloud.pairing.history.RecordedPairing;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Queries of registers and of the history of pairings without locks: the result may be outdated. */
@ApplicationScoped
class RegisterQueries {
    private static final String REGISTER =
            """
            select vendor_name, register_id, nullif(business_name, '') as business_name,
                nullif(register_name, '') as register_name, device_id, paired_since
            from register_pairing
            where vendor_name = $1 and register_id = $2
            """;

    private static final String FLAPPING =
            """
            select vendor_name, register_id, moves, moved_at, businesses
            from flapping_register
            order by moves desc, vendor_name, register_id
            limit $1
            """;

    private final Pool pool;

    RegisterQueries(Pool pool) {
        this.pool = pool;
    }

    /**
     * Position in the history of pairings.
     *
     * @param after the last id of the previous page; the maximum for the first page
     */
    record HistoryPage(long after, int limit) {
        /** @throws dev.terminalcloud.posapi.ApiException 400 that names the parameter that is invalid */
        static HistoryPage of(String after, String limit) {
            return new HistoryPage(
                    AdminParameters.number("after", after).orElse(Long.MAX_VALUE), AdminParameters.limit(limit));
        }

        /** Returns the position of the next page; null if this is the last page. */
        Long next(List<RecordedPairing> found) {
            return found.size() < limit
                    ? null
                    : Long.valueOf(found.get(found.size() - 1).id());
        }
    }

    /** A register that moves between businesses, and the names that it moved to in the last 24 hours. */
    record FlappingRegister(
            String vendorName, String registerId, long moves, Instant lastMovedAt, List<String> businessNames) {
        static FlappingRegister of(Row row) {
            return new FlappingRegister(
                    row.getString("vendor_name"),
                    row.getString("register_id"),
                    row.getLong("moves"),
                    DeviceView.time(row, "moved_at"),
                    List.of(row.getArrayOfStrings("businesses")));
        }
    }

    Uni<Optional<RegisterView>> one(String vendorName, String registerId, HistoryPage page) {
        return PairingHistory.ofRegister(pool, vendorName, registerId, page.after(), page.limit())
                .onFailure()
                .transform(DatabaseOutage::toApiException)
                .chain(history -> select(
                        REGISTER,
                        Tuple.of(vendorName, registerId),
                        row -> RegisterView.of(row, history, page.next(history))))
                .map(found -> found.stream().findFirst());
    }

    /** Returns the pairings of a device, newest first. */
    Uni<List<RecordedPairing>> historyOfDevice(String deviceId, HistoryPage page) {
        return PairingHistory.ofDevice(pool, deviceId, page.after(), page.limit())
                .onFailure()
                .transform(DatabaseOutage::toApiException);
    }

    /** Returns those registers that have moved more than twice in the last 24 hours, the most moves first. */
    Uni<List<FlappingRegister>> flapping(int limit) {
        return select(FLAPPING, Tuple.of(limit), FlappingRegister::of);
    }

    private <T> Uni<List<T>> select(String sql, Tuple parameters, Function<Row, T> view) {
        return pool.preparedQuery(sql)
                .mapping(view)
                .execute(parameters)
                .map(Rows::list)
                .onFailure()
                .transform(DatabaseOutage::toApiException);
    }
}
