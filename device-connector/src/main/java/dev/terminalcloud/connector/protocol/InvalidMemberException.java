package dev.terminalcloud.connector.protocol;

/** A member that breaks its message type's rules; the message names the member and the rule and never shows the value. */
final class InvalidMemberException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidMemberException(String member, String rule) {
        super(member + " " + rule, null, false, false);
    }
}
