package dev.terminalcloud.pairing;

import dev.terminalcloud.embedded.test.TestInfrastructure;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;

/** Real Kafka and real PostgreSQL for every test of this module. */
@WithTestResource(
        value = TestInfrastructure.class,
        initArgs = @ResourceArg(name = TestInfrastructure.SERVICE, value = "pairing"),
        scope = TestResourceScope.GLOBAL)
final class Infrastructure {
    private Infrastructure() {}
}
