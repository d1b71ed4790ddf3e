package dev.terminalcloud.embedded;

import dev.terminalcloud.embedded.tls.ServerTls;
import dev.terminalcloud.events.KafkaUser;
import dev.terminalcloud.network.TlsCipherSuite;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * Encryption, users and access control of a broker: a listener with SASL_SSL and SCRAM-SHA-512, on which each {@link KafkaUser} may do
 * what its ACLs allow. The listener without TLS, on a port of its own, stays for the administrator.
 *
 * @param passwords the password of each user
 */
public record KafkaSecurity(ServerTls tls, Map<KafkaUser, String> passwords) {
    static final String LISTENER = "SECURED";
    private static final String PREFIX = "listener.name.secured.";
    private static final ScramMechanism MECHANISM = ScramMechanism.SCRAM_SHA_512;
    private static final int ITERATIONS = 4096;

    public KafkaSecurity {
        passwords = Map.copyOf(passwords);
    }

    /** Returns the settings of a client, by the names of Kafka's own configuration. */
    public Map<String, String> clientSettings(KafkaUser user) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                MECHANISM.mechanismName(),
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(user.userName(), passwords.get(user)),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                tls.authority().toString());
    }

    /** Returns the settings of the broker, except for the addresses of the listener. */
    Map<String, String> brokerSettings() {
        return Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                // Clients of the listener without TLS.
                "super.users",
                "User:ANONYMOUS",
                PREFIX + "sasl.enabled.mechanisms",
                MECHANISM.mechanismName(),
                PREFIX + "scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                PREFIX + "ssl.keystore.type",
                "PEM",
                PREFIX + "ssl.keystore.certificate.chain",
                ServerTls.read(tls.chain()),
                PREFIX + "ssl.keystore.key",
                ServerTls.read(tls.key()),
                PREFIX + "ssl.cipher.suites",
                String.join(",", TlsCipherSuite.names()));
    }

    /** Creates the users, or changes their passwords, and their ACLs. */
    void install(Map<String, Object> administrator) {
        List<UserScramCredentialAlteration> users = passwords.entrySet().stream()
                .map(user -> (UserScramCredentialAlteration) new UserScramCredentialUpsertion(
                        user.getKey().userName(), new ScramCredentialInfo(MECHANISM, ITERATIONS), user.getValue()))
                .toList();
        try (Admin admin = Admin.create(administrator)) {
            admin.alterUserScramCredentials(users).all().get();
            admin.createAcls(Arrays.stream(KafkaUser.values())
                            .flatMap(user -> user.acls().stream())
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Failed to create the users of Kafka", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating the users of Kafka", e);
        }
    }

    /** Omits the passwords. */
    @Override
    public String toString() {
        return "KafkaSecurity";
    }
}
