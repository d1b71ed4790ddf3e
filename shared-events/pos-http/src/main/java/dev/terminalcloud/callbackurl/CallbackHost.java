package dev.terminalcloud.callbackurl;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host of a callback URL: a name, or an IPv4 or IPv6 address.
 *
 * <p>A name whose last label is a number is an address (WHATWG URL, "ends in a number"), and only four decimal numbers
 * are one: resolvers disagree about {@code 0177.0.0.1}, {@code 127.1} and {@code 2130706433}.
 *
 * @param name in ASCII and lower case, as it is resolved; of an address its canonical form
 * @param address empty for a name
 */
public record CallbackHost(String name, Optional<InetAddress> address) {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_-]{1,63}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);
    private static final Pattern IPV6 = Pattern.compile("\\[(?<address>[0-9A-Fa-f:.]+)(?<zone>%.*)?]", Pattern.DOTALL);
    private static final int MAX_NAME_LENGTH = 253;

    /** Characters that IDNA 2008 keeps and the JDK, which implements IDNA 2003, replaces: another host would result. */
    private static final Pattern DEVIATION = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

    static CallbackHost of(String text) {
        return text.startsWith("[") ? ipv6(text) : named(toAscii(text));
    }

    private static CallbackHost named(String name) {
        String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        List<String> labels = List.of(relative.split("\\.", -1));
        if (relative.length() > MAX_NAME_LENGTH
                || !labels.stream().allMatch(label -> LABEL.matcher(label).matches())) {
            throw CallbackUrlError.INVALID_HOST.exception();
        }
        if (NUMBER.matcher(labels.get(labels.size() - 1)).matches()) {
            return ipv4(relative);
        }
        return new CallbackHost(name, Optional.empty());
    }

    private static CallbackHost ipv4(String text) {
        if (!IPV4.matcher(text).matches()) {
            throw CallbackUrlError.INVALID_IPV4.exception();
        }
        return address(text);
    }

    private static CallbackHost ipv6(String text) {
        Matcher literal = IPV6.matcher(text);
        if (!literal.matches() || !NetUtil.isValidIpV6Address(literal.group("address"))) {
            throw CallbackUrlError.INVALID_HOST.exception();
        }
        if (literal.group("zone") != null) {
            throw CallbackUrlError.IPV6_ZONE.exception();
        }
        return address(literal.group("address"));
    }

    /** Java returns an IPv4 address that is mapped into IPv6 as IPv4. */
    private static CallbackHost address(String text) {
        try {
            InetAddress address = InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
            return new CallbackHost(NetUtil.toAddressString(address), Optional.of(address));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address must have 4 or 16 bytes", e);
        }
    }

    private static String toAscii(String text) {
        if (DEVIATION.matcher(text).find()) {
            throw CallbackUrlError.INVALID_HOST.exception();
        }
        try {
            return IDN.toASCII(text).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw CallbackUrlError.INVALID_HOST.exception();
        }
    }

    /** Returns whether every resolver has to resolve the name to the machine itself (RFC 6761, section 6.3). */
    boolean isLocalhost() {
        return ("." + withoutFinalDot()).endsWith(".localhost");
    }

    /** Returns the host as in the Host header and in the server's certificate, which have no final dot. */
    public String inHeader() {
        return address.filter(Inet6Address.class::isInstance).isPresent() ? "[" + name + "]" : withoutFinalDot();
    }

    /** Returns the host as in a URL. A final dot stays: it keeps the resolver from trying its search domains. */
    String inUrl() {
        return name.endsWith(".") ? name : inHeader();
    }

    private String withoutFinalDot() {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
