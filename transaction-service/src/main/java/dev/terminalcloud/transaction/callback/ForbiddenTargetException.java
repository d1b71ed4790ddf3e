package dev.terminalcloud.transaction.callback;

/** A callback's host has an address that is no place on the public Internet. */
final class ForbiddenTargetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForbiddenTargetException(String host) {
        super(host + " leads to a special-purpose address");
    }
}
