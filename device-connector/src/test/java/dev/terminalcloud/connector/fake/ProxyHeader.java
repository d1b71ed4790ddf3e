package dev.terminalcloud.connector.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** Headers of the PROXY protocol, as load balancers send them. */
public final class ProxyHeader {
    /** The size that no header exceeds. */
    public static final int MAX_SIZE = 536;

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int UDP4 = 0x12;
    private static final int UNIX = 0x31;
    private static final int PORT = 50_000;

    private ProxyHeader() {}

    /** Returns a header that names a client at an IPv4 or IPv6 address. */
    public static byte[] of(String address) {
        return header(PROXY, isIpv4(address) ? TCP4 : TCP6, addresses(address));
    }

    /** Returns a header that names a client, of that size: extensions (type-length-value) fill it. */
    public static byte[] ofSize(int size, String address) {
        byte[] addresses = addresses(address);
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(addresses);
        int extension = size - 16 - addresses.length - 3;
        block.writeBytes(HexFormat.of().parseHex("04%04x".formatted(extension)));
        block.writeBytes(new byte[extension]);
        return header(PROXY, isIpv4(address) ? TCP4 : TCP6, block.toByteArray());
    }

    /** Returns the header of a connection that the balancer opens for itself; its addresses must be ignored. */
    public static byte[] local() {
        return header(LOCAL, TCP4, addresses("203.0.113.1"));
    }

    /** Returns the header of a connection that the balancer opens for itself, as health checks of HAProxy have it. */
    public static byte[] localWithoutAddresses() {
        return header(LOCAL, 0, new byte[0]);
    }

    /** Returns the header of a client whose address the balancer does not know. */
    public static byte[] unspecified() {
        return header(PROXY, 0, new byte[0]);
    }

    public static byte[] ofDatagrams() {
        return header(PROXY, UDP4, addresses("203.0.113.2"));
    }

    public static byte[] ofUnixSocket() {
        return header(PROXY, UNIX, new byte[216]);
    }

    /** Returns a header of version 1. */
    public static byte[] text() {
        return "PROXY TCP4 203.0.113.3 198.51.100.1 50000 8883\r\n".getBytes(US_ASCII);
    }

    private static byte[] header(int command, int family, byte[] block) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(HexFormat.of().parseHex(SIGNATURE + "%02x%02x%04x".formatted(command, family, block.length)));
        header.writeBytes(block);
        return header.toByteArray();
    }

    private static byte[] addresses(String client) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        byte[] source = parse(client).getAddress();
        block.writeBytes(source);
        block.writeBytes(new byte[source.length]);
        block.writeBytes(HexFormat.of().parseHex("%04x%04x".formatted(PORT, 8883)));
        return block.toByteArray();
    }

    private static boolean isIpv4(String address) {
        return parse(address) instanceof Inet4Address;
    }

    private static InetAddress parse(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
