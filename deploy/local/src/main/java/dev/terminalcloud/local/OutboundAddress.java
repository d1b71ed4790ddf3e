package dev.terminalcloud.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** The address of this machine towards other networks. */
final class OutboundAddress {
    /** Reserved for documentation (RFC 5737), so it is routed like any other machine. Nothing is sent to it. */
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 9);

    private OutboundAddress() {}

    /** Returns the address; empty if this machine has no network. */
    static Optional<InetAddress> find() {
        return ofTheRoute().or(OutboundAddress::ofAnInterface);
    }

    private static Optional<InetAddress> ofTheRoute() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(ELSEWHERE);
            return Optional.of(socket.getLocalAddress()).filter(OutboundAddress::isUsable);
        } catch (IOException | UncheckedIOException noRoute) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> ofAnInterface() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(OutboundAddress::isUsable)
                    .filter(address -> !address.isLinkLocalAddress())
                    .findFirst();
        } catch (SocketException noNetwork) {
            return Optional.empty();
        }
    }

    private static boolean isUsable(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isLoopbackAddress();
    }
}
