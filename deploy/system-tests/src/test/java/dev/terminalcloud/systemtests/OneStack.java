package dev.terminalcloud.systemtests;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Provides all tests of a run with the same {@link Shops}: one stack, started with the first test and stopped after the last. */
public final class OneStack implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(OneStack.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Shops.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return shops(test);
    }

    public static Shops shops(ExtensionContext test) {
        return test.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Shops.class, key -> Shops.on(LocalStack.start()), Shops.class);
    }
}
