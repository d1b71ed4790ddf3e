package dev.terminalcloud.network;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parser of IP addresses as proxies write them. It never accepts or resolves a host name. */
public final class IpLiteral {
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):[0-9]+|\\[([^]]+)](?::[0-9]+)?");

    private IpLiteral() {}

    /**
     * Parses the text if it is an address, optionally with a port: {@code 192.0.2.7}, {@code 192.0.2.7:443},
     * {@code 2001:db8::7}, {@code [2001:db8::7]:443}. An IPv4-mapped IPv6 address becomes an IPv4 address.
     */
    public static Optional<InetAddress> parse(String text) {
        String trimmed = text.trim();
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(withoutPort(trimmed));
        return bytes == null ? Optional.empty() : Optional.of(address(bytes));
    }

    private static String withoutPort(String text) {
        Matcher matcher = WITH_PORT.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }

    /** Converts the bytes; the JDK itself turns IPv4-mapped addresses into IPv4 addresses. */
    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("IP address must have 4 or 16 bytes, had " + bytes.length, e);
        }
    }
}
