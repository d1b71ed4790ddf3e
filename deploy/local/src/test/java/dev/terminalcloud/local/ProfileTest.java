package dev.terminalcloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProfileTest {
    @Test
    void eachProfileIsParsedFromItsName() {
        assertThat(Arrays.stream(Profile.values()).map(profile -> Profile.parse(profile.toString())))
                .containsExactly(Profile.values());
    }

    @Test
    void productionHasBothCompilersAndG1() {
        assertThat(Profile.PRODUCTION.serviceOptions())
                .contains("-XX:+UseG1GC")
                .doesNotContain("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    }
}
