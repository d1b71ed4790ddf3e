package dev.terminalcloud.pairing.devices;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.terminalcloud.events.DeviceLifecycleEvent.DeviceAdmitted;
import dev.terminalcloud.events.Topic;
import dev.terminalcloud.outbox.Outbox;
import dev.terminalcloud.outbox.WriteTransaction;
import dev.terminalcloud.pairing.Secret;
import dev.terminalcloud.posapi.RefusedException;
import dev.terminalcloud.routes.DeviceRoutes;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.Cancellable;

/** For the operators' own network only: it is never behind the public gateway. */
@Path("/admin/devices")
@RolesAllowed("device-admin")
class DeviceAdministration {
    private static final Logger LOG = Logger.getLogger(DeviceAdministration.class);
    private static final int LONGEST_SECRET = 256;

    /** @param secret null to have one made, of 256 random bits */
    record Registration(String secret) {
        Optional<String> chosenSecret() {
            return Optional.ofNullable(secret);
        }
    }

    /** @param secret shown this once, and only if it was made here */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Registered(String deviceId, String secret) {}

    private final Outbox outbox;
    private final DeviceRoutes routes;

    DeviceAdministration(Outbox outbox, DeviceRoutes routes) {
        this.outbox = outbox;
        this.routes = routes;
    }

    /** Lets the device connect with the given secret, or with a new one. The same secret again changes nothing. */
    @PUT
    @Path("/{deviceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    public Uni<Registered> register(String deviceId, Registration registration) {
        Optional<String> chosen = Optional.ofNullable(registration).flatMap(Registration::chosenSecret);
        check(deviceId, chosen);
        String secret = chosen.orElseGet(() -> Secret.random().text());
        return outbox.transaction(transaction -> register(transaction, deviceId, secret))
                .replaceWith(() -> new Registered(deviceId, chosen.isPresent() ? null : secret));
    }

    private static void check(String deviceId, Optional<String> secret) {
        if (!Device.isId(deviceId)) {
            throw RefusedException.badRequest("A device id has 4 to 14 decimal digits");
        }
        secret.ifPresent(text -> {
            if (text.isEmpty() || text.length() > LONGEST_SECRET) {
                throw RefusedException.badRequest("secret has 1 to " + LONGEST_SECRET + " characters");
            }
        });
    }

    private Uni<Void> register(WriteTransaction transaction, String deviceId, String secret) {
        return routes.lock(transaction.session(), deviceId)
                .chain(() -> transaction.session().find(Device.class, deviceId))
                .chain(known -> known == null
                        ? add(transaction, new Device(deviceId, secret))
                        : change(transaction, known, secret));
    }

    private static Uni<Void> add(WriteTransaction transaction, Device device) {
        admit(transaction, device);
        publish(transaction, device);
        return transaction.session().persist(device);
    }

    private static Uni<Void> change(WriteTransaction transaction, Device device, String secret) {
        boolean wasRevoked = device.isRevoked();
        if (device.register(secret)) {
            publish(transaction, device);
        }
        if (wasRevoked) {
            admit(transaction, device);
        }
        return Uni.createFrom().voidItem();
    }

    private static void admit(WriteTransaction transaction, Device device) {
        transaction.append(Topic.DEVICE_LIFECYCLE, new DeviceAdmitted(device.id(), device.nextLifecycleVersion()));
    }

    private static void publish(WriteTransaction transaction, Device device) {
        transaction.append(Topic.DEVICE_REGISTRY, device.toRegistered());
        LOG.infof("device is registered: deviceId=%s", device.id());
    }
}
