package dev.terminalcloud.benchmark.attack;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** A client that connects as a device with a wrong secret, and waits for the answer. */
final class WrongSecretClient implements AttackClient {
    private final AttackTarget target;
    private final byte[] connect;

    WrongSecretClient(AttackTarget target, int number) {
        this.target = target;
        this.connect = FloodPackets.connect(target.deviceId(number), "not-" + target.secret());
    }

    @Override
    public void step() throws IOException {
        try (Socket open = AttackTarget.connect(target.devices())) {
            open.getOutputStream().write(connect);
            long unused = open.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
