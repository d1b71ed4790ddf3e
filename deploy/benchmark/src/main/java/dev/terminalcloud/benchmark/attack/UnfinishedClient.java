package dev.terminalcloud.benchmark.attack;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;

/** A client that opens connections, sends the beginning of something on each, and keeps the newest of them open. */
final class UnfinishedClient implements AttackClient {
    private static final int MAX_OPEN = 1_000;

    private final URI address;
    private final byte[] beginning;
    private final Deque<Socket> open = new ArrayDeque<>();

    UnfinishedClient(URI address, byte[] beginning) {
        this.address = address;
        this.beginning = beginning;
    }

    @Override
    public void step() throws IOException {
        if (open.size() == MAX_OPEN) {
            open.removeFirst().close();
        }
        Socket socket = AttackTarget.connect(address);
        open.addLast(socket);
        socket.getOutputStream().write(beginning);
    }
}
