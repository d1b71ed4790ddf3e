package dev.terminalcloud.pairing.codes;

import dev.terminalcloud.pairing.PairingConfiguration;
import dev.terminalcloud.pairing.wrongcodes.PairingClient;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table {@code pairing_code}: issued pairing codes. Only the database's clock decides which of them have expired. */
@Startup
@ApplicationScoped
public class PairingCodes {
    private static final String SUPERSEDE =
            """
            update pairing_code set superseded_at = now()
            where device_id = :device and superseded_at is null and claimed_at is null
            """;

    private static final String IS_ALREADY_ISSUED =
            "select count(*) > 0 from pairing_code where requested_by = :request";

    private static final String ADD =
            """
            insert into pairing_code (code, device_id, requested_by, expires_at)
            values (:code, :device, :request, clock_timestamp() + make_interval(secs => :seconds))
            on conflict (code) do nothing
            """;

    private static final String DEVICE_OF = "select device_id from pairing_code where code = :code";

    /** One statement, so that of two claims of the same code only one finds it unclaimed. */
    private static final String CLAIM =
            """
            update pairing_code
            set claimed_at = now(), claimed_by_vendor = :vendor, claimed_by_register = :register, claimed_from = :address
            where code = :code and superseded_at is null and claimed_at is null and expires_at > clock_timestamp()
            """;

    private static final String IS_REPEATED =
            """
            select count(*) > 0 from pairing_code
            where code = :code and claimed_by_vendor = :vendor and claimed_by_register = :register
              and claimed_from = :address and expires_at > clock_timestamp()
            """;

    private static final String DELETE_EXPIRED =
            "delete from pairing_code where expires_at < now() - make_interval(secs => $1)";

    /** Result of a claim. */
    public enum ClaimResult {
        /** The register has claimed the code now. */
        FIRST,
        /** The register had claimed the code already, from the same address, and the code would not have expired yet. */
        REPEATED,
        /** The code is unknown, used, replaced or expired. */
        REJECTED
    }

    private final Duration validity;

    PairingCodes(PairingConfiguration configuration) {
        this.validity = configuration.code().validity();
        if (validity.toSeconds() < 1) {
            throw new IllegalArgumentException("pairing.code.validity must be at least 1 second, was " + validity);
        }
    }

    /** Returns the time that a new code can be claimed. */
    public Duration validity() {
        return validity;
    }

    /**
     * Issues a code, which invalidates the device's previous one; the device must be locked.
     *
     * @param request id of the event that asks for the code
     * @return absent if a code was already issued for this request
     */
    public Uni<Optional<PairingCode>> issue(Mutiny.Session session, String deviceId, UUID request) {
        return session.createNativeQuery(IS_ALREADY_ISSUED, Boolean.class)
                .setParameter("request", request)
                .getSingleResult()
                .chain(answered -> answered
                        ? Uni.createFrom().item(Optional.empty())
                        : supersede(session, deviceId)
                                .chain(() -> add(session, deviceId, request))
                                .map(Optional::of));
    }

    /** Returns the device that showed the code, even if the code is used, replaced or expired; null if it is unknown. */
    public Uni<String> deviceOf(Mutiny.Session session, PairingCode code) {
        return session.createNativeQuery(DEVICE_OF, String.class)
                .setParameter("code", code.digits())
                .getSingleResultOrNull();
    }

    /** Claims the code for the caller's register; the code's device must be locked. */
    public Uni<ClaimResult> claim(Mutiny.Session session, PairingCode code, PairingClient caller) {
        return session.createNativeQuery(CLAIM)
                .setParameter("code", code.digits())
                .setParameter("vendor", caller.vendorName())
                .setParameter("register", caller.registerId())
                .setParameter("address", caller.address().text())
                .executeUpdate()
                .chain(claimed -> claimed == 1
                        ? Uni.createFrom().item(ClaimResult.FIRST)
                        : session.createNativeQuery(IS_REPEATED, Boolean.class)
                                .setParameter("code", code.digits())
                                .setParameter("vendor", caller.vendorName())
                                .setParameter("register", caller.registerId())
                                .setParameter("address", caller.address().text())
                                .getSingleResult()
                                .map(repeated -> repeated ? ClaimResult.REPEATED : ClaimResult.REJECTED));
    }

    /** Deletes the codes that expired longer ago than the retention. */
    static Uni<Void> deleteExpired(Pool pool, Duration retention) {
        return pool.preparedQuery(DELETE_EXPIRED)
                .execute(Tuple.of((double) retention.toSeconds()))
                .replaceWithVoid();
    }

    private static Uni<Integer> supersede(Mutiny.Session session, String deviceId) {
        return session.createNativeQuery(SUPERSEDE)
                .setParameter("device", deviceId)
                .executeUpdate();
    }

    /** Draws random codes until one is not in the table yet. */
    private Uni<PairingCode> add(Mutiny.Session session, String deviceId, UUID request) {
        PairingCode code = PairingCode.random();
        return session.createNativeQuery(ADD)
                .setParameter("code", code.digits())
                .setParameter("device", deviceId)
                .setParameter("request", request)
                .setParameter("seconds", (double) validity.toSeconds())
                .executeUpdate()
                .chain(added -> added == 1 ? Uni.createFrom().item(code) : add(session, deviceId, request));
    }
}
