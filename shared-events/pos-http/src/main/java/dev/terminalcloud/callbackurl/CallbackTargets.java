package dev.terminalcloud.callbackurl;

import dev.terminalcloud.posapi.PosParameters;
import java.net.InetAddress;
import java.util.Optional;

/** Decides where callbacks may go: to public addresses, and to private ones if the configuration of the service allows them. */
public final class CallbackTargets {
    /** The name of the parameter. */
    public static final String PARAMETER = "PosNotificationCallbackUrl";

    /** Maximum length of {@code PosNotificationCallbackUrl}, in characters. */
    public static final int MAX_URL_LENGTH = 2_048;

    private final boolean arePrivateAddressesAllowed;

    public CallbackTargets(boolean arePrivateAddressesAllowed) {
        this.arePrivateAddressesAllowed = arePrivateAddressesAllowed;
    }

    /**
     * Returns the URL of a request that has one.
     *
     * @throws dev.terminalcloud.posapi.ApiException 400 as {@link #parse(String)} does, or if it is too long
     */
    public Optional<CallbackUrl> parse(PosParameters parameters) {
        return parameters.optional(PARAMETER, MAX_URL_LENGTH).map(this::parse);
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
    public boolean allows(InetAddress address) {
        if (arePrivateAddressesAllowed) {
            return !address.isMulticastAddress() && !address.isAnyLocalAddress();
        }
        return !SpecialPurposeAddresses.contains(address);
    }
}
