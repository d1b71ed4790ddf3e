package dev.terminalcloud.connector.fake;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.vertx.mqtt.MqttEndpoint;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A connection of a device on which nothing can be sent with one packet id, as by a bug; a real one has none. */
public final class FailingEndpoint implements InvocationHandler {
    private final int failingPacketId;

    private FailingEndpoint(int failingPacketId) {
        this.failingPacketId = failingPacketId;
    }

    /** Returns a connection that is open. */
    public static MqttEndpoint withPacketId(int failingPacketId) {
        return (MqttEndpoint) Proxy.newProxyInstance(
                FailingEndpoint.class.getClassLoader(),
                new Class<?>[] {MqttEndpoint.class},
                new FailingEndpoint(failingPacketId));
    }

    @Override
    public Object invoke(Object endpoint, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "isConnected" -> true;
            case "connectProperties" -> MqttProperties.NO_PROPERTIES;
            case "publish", "publishAcknowledge" -> send(arguments[arguments.length - 1]);
            case "disconnect" -> null;
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    private Object send(Object packetId) {
        if (packetId.equals(failingPacketId)) {
            throw new IllegalStateException("bug");
        }
        return null;
    }
}
