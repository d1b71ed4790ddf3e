package dev.terminalcloud.administration;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An identity provider without an audience stops the startup. */
class OidcAudienceCheckTest {
    @Test
    void withoutIdentityProviderNothingIsNeeded() {
        assertThatCode(() -> new OidcAudienceCheck(false, Optional.empty()).validate())
                .doesNotThrowAnyException();
    }

    @Test
    void identityProviderWithAudienceIsAccepted() {
        assertThatCode(() -> new OidcAudienceCheck(true, Optional.of(List.of("terminal-cloud"))).validate())
                .doesNotThrowAnyException();
    }

    @Test
    void identityProviderWithoutAudienceIsRejected() {
        assertThatThrownBy(() -> new OidcAudienceCheck(true, Optional.empty()).validate())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("quarkus.oidc.token.audience must ")
                .hasMessageEndingWith("was not set");
    }

    @Test
    void audienceThatAcceptsAllTokensIsRejected() {
        assertThatThrownBy(() -> new OidcAudienceCheck(true, Optional.of(List.of("terminal-cloud", "any"))).validate())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("was any");
    }
}
