package dev.terminalcloud.connector.fake;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.vertx.mqtt.MqttEndpoint;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A connection of a device that is open and fails at one point, as by a bug; a real one has none. */
public final class FailingEndpoint implements InvocationHandler {
    /** No packet has it. */
    private static final int NO_PACKET_ID = 0;

    private final int failingPacketId;
    private final boolean failsToDisconnect;

    private FailingEndpoint(int failingPacketId, boolean failsToDisconnect) {
        this.failingPacketId = failingPacketId;
        this.failsToDisconnect = failsToDisconnect;
    }

    /** Returns a connection on which nothing can be sent with that packet id. */
    public static MqttEndpoint withPacketId(int failingPacketId) {
        return open(new FailingEndpoint(failingPacketId, false));
    }

    /** Returns a connection that can't be ended. */
    public static MqttEndpoint withDisconnect() {
        return open(new FailingEndpoint(NO_PACKET_ID, true));
    }

    private static MqttEndpoint open(FailingEndpoint failing) {
        return (MqttEndpoint) Proxy.newProxyInstance(
                FailingEndpoint.class.getClassLoader(), new Class<?>[] {MqttEndpoint.class}, failing);
    }

    @Override
    public Object invoke(Object endpoint, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "isConnected" -> true;
            case "connectProperties" -> MqttProperties.NO_PROPERTIES;
            case "publish", "publishAcknowledge" -> failIf(arguments[arguments.length - 1].equals(failingPacketId));
            case "disconnect" -> failIf(failsToDisconnect);
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    private static Object failIf(boolean failing) {
        if (failing) {
            throw new IllegalStateException("bug");
        }
        return null;
    }
}
