package dev.terminalcloud.startup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionValidatorTest {
    private static final String ENCRYPTED_URL =
            "jdbc:postgresql://db:5432/shop?sslmode=verify-full&sslrootcert=/tls/ca.crt";

    @ParameterizedTest
    @ValueSource(strings = {"SSL", "SASL_SSL"})
    void encryptedKafkaIsAllowed(String protocol) {
        assertThatCode(() -> EncryptionValidator.validateKafka(Map.of("security.protocol", protocol)))
                .doesNotThrowAnyException();
    }

    @Test
    void plaintextKafkaIsRefused() {
        assertThatThrownBy(() -> EncryptionValidator.validateKafka(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("kafka.security.protocol must be SASL_SSL or SSL, was PLAINTEXT")
                .hasMessageContaining("encryption.kafka-required=false");
        assertThatThrownBy(() -> EncryptionValidator.validateKafka(Map.of("security.protocol", "SASL_PLAINTEXT")))
                .hasMessageContaining("was SASL_PLAINTEXT");
    }

    @Test
    void kafkaWithoutHostNameVerificationIsRefused() {
        assertThatThrownBy(() -> EncryptionValidator.validateKafka(
                        Map.of("security.protocol", "SASL_SSL", "ssl.endpoint.identification.algorithm", "")))
                .hasMessage("kafka.ssl.endpoint.identification.algorithm must be https, was ''");
    }

    @Test
    void verifiedDatabaseIsAllowed() {
        assertThatCode(() -> EncryptionValidator.validateDatabase(ENCRYPTED_URL, Optional.of("verify-full")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/shop, prefer",
        "jdbc:postgresql://db/shop?user=x, prefer",
        "jdbc:postgresql://db/shop?sslmode=require, require",
        "jdbc:postgresql://db/shop?sslmode=verify-full&sslmode=verify-ca, verify-ca"
    })
    void migrationWithoutVerificationIsRefused(String url, String mode) {
        assertThatThrownBy(() -> EncryptionValidator.validateDatabase(url, Optional.of("verify-full")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "sslmode of quarkus.datasource.jdbc.url must be verify-full, was %s".formatted(mode))
                .hasMessageContaining("encryption.database-required=false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require", "verify-ca"})
    void reactivePoolWithoutVerificationIsRefused(String mode) {
        assertThatThrownBy(() -> EncryptionValidator.validateDatabase(ENCRYPTED_URL, Optional.of(mode)))
                .hasMessageStartingWith(
                        "quarkus.datasource.reactive.postgresql.ssl-mode must be verify-full, was %s".formatted(mode));
        assertThatThrownBy(() -> EncryptionValidator.validateDatabase(ENCRYPTED_URL, Optional.empty()))
                .hasMessageContaining("was disable");
    }
}
