package dev.terminalcloud.connector.attempts;

import dev.terminalcloud.connector.ConnectorConfiguration;
import dev.terminalcloud.network.ClientAddress;
import dev.terminalcloud.network.ForwardingProxies;
import dev.terminalcloud.network.IpLiteral;
import io.vertx.core.MultiMap;
import io.vertx.mqtt.MqttEndpoint;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Tells where a CONNECT comes from: the other end of the connection, or whom a known proxy names on a WebSocket. */
@Singleton
public class Callers {
    private static final Logger LOG = Logger.getLogger(Callers.class);
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final ForwardingProxies proxies;
    private final AtomicBoolean told = new AtomicBoolean();

    Callers(ConnectorConfiguration configuration) {
        this.proxies = ForwardingProxies.of(
                "connector.trusted-proxies", configuration.trustedProxies().orElseGet(List::of));
    }

    public Caller of(MqttEndpoint endpoint) {
        MultiMap headers = endpoint.httpHeaders();
        List<String> forwardedFor = headers == null ? List.of() : headers.getAll(FORWARDED_FOR);
        return Optional.ofNullable(endpoint.remoteAddress().hostAddress())
                .flatMap(IpLiteral::in)
                .map(peer -> caller(peer, forwardedFor))
                .orElseGet(() -> new Caller(ClientAddress.UNKNOWN, false));
    }

    private Caller caller(InetAddress peer, List<String> forwardedFor) {
        if (!forwardedFor.isEmpty() && !proxies.trust(peer) && told.compareAndSet(false, true)) {
            LOG.warn("X-Forwarded-For comes from an address that is not in connector.trusted-proxies, and is ignored:"
                    + " if it is the gateway's, all its devices share one limit of failed CONNECTs. This is said"
                    + " once");
        }
        InetAddress client = proxies.clientOf(peer, forwardedFor);
        return new Caller(ClientAddress.of(client), proxies.trust(client));
    }
}
