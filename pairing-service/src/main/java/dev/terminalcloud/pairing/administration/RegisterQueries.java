package dev.terminalcloud.pairing.administration;

import dev.terminalcloud.administration.AdminParameters;
import dev.terminalcloud.administration.DatabaseOutage;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Queries of registers and of the history of pairings without locks: the result may be outdated. */
@ApplicationScoped
class RegisterQueries {
    /** A change of the names does not end a pairing: its number stays. */
    private static final String REGISTER =
            """
            select r.vendor_name, r.register_id, nullif(r.business_name, '') as business_name,
                nullif(r.register_name, '') as register_name, r.device_id, (
                select min(started_at) from pairing_history h
                where h.vendor_name = r.vendor_name and h.register_id = r.register_id
                  and h.device_id = d.device_id and h.pairing_number = d.pairing_number) as paired_since
            from register r
            left join device d on d.device_id = r.device_id
            where r.vendor_name = $1 and r.register_id = $2
            """;

    private static final String HISTORY =
            """
            select id, vendor_name, register_id, device_id, pairing_number, business_name, register_name, started_at,
                started_by, address, ended_at, end_reason, taken_by_vendor, taken_by_register
            from pairing_history
            """;

    private static final String HISTORY_OF_REGISTER =
            HISTORY + "where vendor_name = $1 and register_id = $2 and id < $3 order by id desc limit $4";

    private static final String HISTORY_OF_DEVICE =
            HISTORY + "where device_id = $1 and id < $2 order by id desc limit $3";

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
        Long next(List<PairingHistoryView> found) {
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
        return select(
                        HISTORY_OF_REGISTER,
                        Tuple.of(vendorName, registerId, page.after(), page.limit()),
                        PairingHistoryView::of)
                .chain(history -> select(
                        REGISTER,
                        Tuple.of(vendorName, registerId),
                        row -> RegisterView.of(row, history, page.next(history))))
                .map(found -> found.stream().findFirst());
    }

    /** Returns the pairings of a device, newest first. */
    Uni<List<PairingHistoryView>> historyOfDevice(String deviceId, HistoryPage page) {
        return select(HISTORY_OF_DEVICE, Tuple.of(deviceId, page.after(), page.limit()), PairingHistoryView::of);
    }

    /** Returns those registers that have moved more than twice in the last 24 hours, the most moves first. */
    Uni<List<FlappingRegister>> flapping(int limit) {
        return select(FLAPPING, Tuple.of(limit), FlappingRegister::of);
    }

    private <T> Uni<List<T>> select(String sql, Tuple parameters, Function<Row, T> view) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(view)
                        .toList())
                .onFailure()
                .transform(DatabaseOutage::toApiException);
    }
}
