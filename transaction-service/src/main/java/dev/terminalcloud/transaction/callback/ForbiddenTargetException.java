package dev.terminalcloud.transaction.callback;

/** Thrown if the host of a callback has an address outside of the public Internet. */
final class ForbiddenTargetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForbiddenTargetException(String host) {
        super(host + " resolves to a special-purpose address");
    }
}
