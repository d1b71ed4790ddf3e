package dev.terminalcloud.network;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IP network: all addresses that begin with the same bits.
 *
 * @param address the first address: all bits after the prefix are 0
 * @param prefix the number of bits that the addresses have in common
 */
public record IpNetwork(InetAddress address, int prefix) {
    private static final Pattern TEXT = Pattern.compile("([^/]+)(?:/([0-9]{1,3}))?");

    public IpNetwork {
        int bits = address.getAddress().length * Byte.SIZE;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("Prefix length must be at most " + bits + " bits, was " + prefix);
        }
        address = IpLiteral.address(firstBits(address.getAddress(), prefix));
    }

    /** Parses {@code 10.4.0.0/24}, or an address, which is a network of one address; absent if the text is neither. */
    public static Optional<IpNetwork> parse(String text) {
        Matcher matcher = TEXT.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return IpLiteral.parse(matcher.group(1)).flatMap(address -> {
            int bits = address.getAddress().length * Byte.SIZE;
            int prefix = matcher.group(2) == null ? bits : Integer.parseInt(matcher.group(2));
            return prefix > bits ? Optional.empty() : Optional.of(new IpNetwork(address, prefix));
        });
    }

    public boolean contains(InetAddress other) {
        return other.getAddress().length == address.getAddress().length
                && IpLiteral.address(firstBits(other.getAddress(), prefix)).equals(address);
    }

    private static byte[] firstBits(byte[] bytes, int count) {
        byte[] first = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.min(Byte.SIZE, Math.max(0, count - i * Byte.SIZE));
            first[i] = (byte) (bytes[i] & (0xFF00 >> kept));
        }
        return first;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
