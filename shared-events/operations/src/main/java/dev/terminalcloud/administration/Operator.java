package dev.terminalcloud.administration;

/**
 * The operator who sent a request.
 *
 * @param principal the name that the request was authenticated with
 * @param address the client address, as the service determines it
 */
public record Operator(String principal, String address) {}
