package dev.terminalcloud.transaction.polling;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terminalcloud.posapi.RefusedException;
import dev.terminalcloud.transaction.TransactionConfig;
import dev.terminalcloud.transaction.lifecycle.Transaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.reactive.mutiny.Mutiny;

/** Answers polls from the transaction's row, so every replica gives the same answer. */
@ApplicationScoped
class Polling {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Mutiny.SessionFactory sessions;
    private final TransactionConfig config;

    Polling(Mutiny.SessionFactory sessions, TransactionConfig config) {
        this.sessions = sessions;
        this.config = config;
    }

    /**
     * How the transaction stands.
     *
     * @return fails with {@link RefusedException} 401 if the token is wrong, the transaction unknown (the same answer),
     *     or the token too old
     */
    Uni<Envelope> poll(String transactionId, String token) {
        if (!UUID_TEXT.matcher(transactionId).matches()) {
            return Uni.createFrom().failure(invalidToken());
        }
        return sessions.withStatelessSession(session -> session.createSelectionQuery(
                                "select t, instant from Transaction t where t.id = :id", Object[].class)
                        .setParameter("id", UUID.fromString(transactionId))
                        .getSingleResultOrNull())
                .map(found -> answer(found, token));
    }

    private Envelope answer(Object[] found, String token) {
        if (found == null) {
            throw invalidToken();
        }
        Transaction transaction = (Transaction) found[0];
        Instant databaseTime = (Instant) found[1];
        if (!MessageDigest.isEqual(transaction.accessToken().toString().getBytes(UTF_8), token.getBytes(UTF_8))) {
            throw invalidToken();
        }
        if (databaseTime.isAfter(transaction.createdAt().plus(config.tokenLife()))) {
            throw RefusedException.of(401, "Token expired");
        }
        return Envelope.polled(transaction, config.recordLife());
    }

    private static RefusedException invalidToken() {
        return RefusedException.of(401, "Invalid token");
    }
}
