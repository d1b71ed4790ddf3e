package dev.terminalcloud.administration;

/** Tells who sent the request that is being answered. Each service has its own, as each knows its own proxies. */
public interface CurrentOperator {
    Operator get();
}
