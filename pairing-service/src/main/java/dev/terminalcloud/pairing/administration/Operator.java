package dev.terminalcloud.pairing.administration;

/**
 * Who asks for something.
 *
 * @param principal the name that the request was authenticated with
 * @param address where it came from, as {@link dev.terminalcloud.network.ClientAddress} tells it
 */
record Operator(String principal, String address) {}
