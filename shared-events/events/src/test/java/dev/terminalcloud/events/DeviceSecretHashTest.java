package dev.terminalcloud.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviceSecretHashTest {
    @Test
    void hashIsTheSha256OfTheSecret() {
        assertThat(DeviceSecretHash.of("abc"))
                .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void onlyTheSecretItselfMatches() {
        String hash = DeviceSecretHash.of("demo");

        assertThat(DeviceSecretHash.matches("demo", hash)).isTrue();
        assertThat(DeviceSecretHash.matches("Demo", hash)).isFalse();
        assertThat(DeviceSecretHash.matches("", hash)).isFalse();
        assertThat(DeviceSecretHash.matches("demo", "")).isFalse();
        assertThat(DeviceSecretHash.matches("demo", "sha256:")).isFalse();
    }
}
