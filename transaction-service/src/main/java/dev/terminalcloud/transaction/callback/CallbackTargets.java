package dev.terminalcloud.transaction.callback;

import dev.terminalcloud.transaction.TransactionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;

/** Decides where callbacks may go: to public addresses, and to private ones if the configuration allows them. */
@ApplicationScoped
public class CallbackTargets {
    private final boolean arePrivateAddressesAllowed;

    @Inject
    CallbackTargets(TransactionConfiguration config) {
        this(config.callback().allowPrivateAddresses());
    }

    CallbackTargets(boolean arePrivateAddressesAllowed) {
        this.arePrivateAddressesAllowed = arePrivateAddressesAllowed;
    }

    /**
     * Parses {@code PosNotificationCallbackUrl} and checks all that is certain without a name server. The addresses of
     * a name may change until the callback is sent: they are checked then.
     *
     * @throws dev.terminalcloud.posapi.ApiException 400 naming the parameter and the rule
     */
    public CallbackUrl parse(String text) {
        CallbackUrl url = CallbackUrl.of(text);
        boolean isAllowed = url.host()
                .address()
                .map(this::allows)
                .orElseGet(() -> arePrivateAddressesAllowed || !url.host().isLocalhost());
        if (!isAllowed) {
            throw CallbackUrlError.NOT_PUBLIC.exception();
        }
        return url;
    }

    /** Returns whether a callback may be sent to the address. No host has a multicast or the unspecified address. */
    boolean allows(InetAddress address) {
        if (arePrivateAddressesAllowed) {
            return !address.isMulticastAddress() && !address.isAnyLocalAddress();
        }
        return !SpecialPurposeAddresses.contains(address);
    }
}
