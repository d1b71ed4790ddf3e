package dev.terminalcloud.connector.fake;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** The sockets that a test has opened, oldest first; it closes them together. Not thread-safe. */
public final class OpenSockets implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();

    /** Adds a socket; returns it. */
    public Socket add(Socket opened) {
        sockets.add(opened);
        return opened;
    }

    /** Returns the oldest ones. */
    public List<Socket> oldest(int count) {
        return List.copyOf(sockets.subList(0, count));
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
