package dev.terminalcloud.transaction.callback;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a POS wants to be told: an absolute http or https URL with a host, and without user information. */
public record CallbackUrl(URI uri) {

    /**
     * Reads {@code PosNotificationCallbackUrl}.
     *
     * @throws dev.terminalcloud.posapi.ApiException 400 naming the parameter and the rule
     */
    public static CallbackUrl of(String text) {
        URI uri;
        try {
            uri = new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw CallbackUrlError.NOT_A_URL.exception();
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
            throw CallbackUrlError.NOT_HTTP.exception();
        }
        if (uri.getHost() == null) {
            throw CallbackUrlError.NO_HOST.exception();
        }
        if (uri.getUserInfo() != null) {
            throw CallbackUrlError.USER_INFORMATION.exception();
        }
        return new CallbackUrl(uri);
    }

    boolean isEncrypted() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isEncrypted() ? 443 : 80;
    }

    /** The host without the brackets of an IPv6 address. */
    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Path and query, as they go into the request line. */
    String target() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
