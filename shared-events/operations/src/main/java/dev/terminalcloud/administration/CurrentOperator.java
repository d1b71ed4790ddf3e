package dev.terminalcloud.administration;

/** The operator who sent the current request. Each service has its own implementation, since each trusts its own proxies. */
public interface CurrentOperator {
    Operator get();
}
