package dev.terminalcloud.benchmark.attack;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.Function;

/**
 * A registered device at full speed: each step is a connection on which it sends messages as fast as the connection takes them, until the
 * connector closes it. It does not wait for an answer.
 */
final class FloodingDevice implements AttackClient {
    private final AttackTarget target;
    private final FloodPackets packets;
    private final Function<FloodPackets, byte[]> messages;

    /** @param messages returns the bytes of the next message */
    FloodingDevice(AttackTarget target, int number, Function<FloodPackets, byte[]> messages) {
        this.target = target;
        this.messages = messages;
        this.packets = new FloodPackets(target.deviceId(number), target.secret(), number);
    }

    @Override
    public void step() throws IOException {
        try (Socket open = AttackTarget.connect(target.devices())) {
            OutputStream out = open.getOutputStream();
            out.write(packets.beginning());
            while (true) {
                out.write(messages.apply(packets));
            }
        }
    }
}
