package dev.terminalcloud.administration;

/**
 * Who asks for something.
 *
 * @param principal the name that the request was authenticated with
 * @param address where it came from, as the service tells it
 */
public record Operator(String principal, String address) {}
