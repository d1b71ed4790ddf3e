package dev.terminalcloud.systemtests.conformance;

import dev.terminalcloud.systemtests.OneStack;
import dev.terminalcloud.systemtests.Shops;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Provides all conformance tests of a run with the same {@link TargetSystem}. */
final class SharedTarget implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedTarget.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == TargetSystem.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(TargetSystem.class, key -> open(test), TargetSystem.class);
    }

    private static TargetSystem open(ExtensionContext test) {
        Settings settings = Settings.of(test);
        return new TargetSystem(settings.remote().map(Shops::on).orElseGet(() -> OneStack.shops(test)), settings);
    }
}
