package dev.terminalcloud.transaction.callback;

import java.net.URI;
import java.net.URISyntaxException;

/** URL of a completion callback: an absolute http or https URL with a host, and without user info. */
public record CallbackUrl(URI uri) {

    /**
     * Parses {@code PosNotificationCallbackUrl}.
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

    /** Returns the host without the brackets of an IPv6 address. */
    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns path and query, as they are in the request line. */
    String target() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
