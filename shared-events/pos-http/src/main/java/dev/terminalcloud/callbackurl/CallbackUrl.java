package dev.terminalcloud.callbackurl;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * URL of a completion callback, in the form in which it is requested: lower-case scheme, host in ASCII, percent-encoded
 * path and query. It has no user info and no fragment.
 *
 * <p>{@link java.net.URI} is not used: it has no host for a URL whose host contains {@code _}, as container names and
 * names in local networks often do, and it rejects spaces.
 *
 * @param port the explicit one, or that of the scheme
 * @param target path and query, as in the request line
 */
public record CallbackUrl(Scheme scheme, CallbackHost host, int port, String target) {
    private static final Pattern URL = Pattern.compile(
            "(?<scheme>https?):(?://(?<authority>[^/?#]*))?(?<path>[^?#]*)(?<query>\\?[^#]*)?(?:#.*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("(?<host>\\[[^\\[\\]]*]|[^:\\[\\]]*)(?::(?<port>[^:]*))?");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final int MAX_PORT = 65_535;

    /** The scheme of a URL that may be requested. */
    public enum Scheme {
        HTTP(80),
        HTTPS(443);

        private final int port;

        Scheme(int port) {
            this.port = port;
        }
    }

    /**
     * Parses {@code PosNotificationCallbackUrl}. Its {@code toString} parses to the same URL.
     *
     * @throws dev.terminalcloud.posapi.ApiException 400 naming the parameter and the rule
     */
    static CallbackUrl of(String text) {
        Matcher url = URL.matcher(text.strip());
        if (!url.matches()) {
            throw CallbackUrlError.NOT_HTTP.exception();
        }
        Scheme scheme = Scheme.valueOf(url.group("scheme").toUpperCase(Locale.ROOT));
        Matcher authority = authorityOf(url.group("authority"));
        String path = url.group("path").isEmpty() ? "/" : PercentEncoding.ofPath(url.group("path"));
        String query = url.group("query") == null ? "" : PercentEncoding.ofQuery(url.group("query"));
        return new CallbackUrl(
                scheme,
                CallbackHost.of(authority.group("host")),
                portOf(authority.group("port"), scheme),
                path + query);
    }

    private static Matcher authorityOf(String text) {
        if (text == null || text.isEmpty()) {
            throw CallbackUrlError.NO_HOST.exception();
        }
        if (text.contains("@")) {
            throw CallbackUrlError.USER_INFORMATION.exception();
        }
        Matcher authority = AUTHORITY.matcher(text);
        if (!authority.matches()) {
            throw CallbackUrlError.INVALID_HOST.exception();
        }
        if (authority.group("host").isEmpty()) {
            throw CallbackUrlError.NO_HOST.exception();
        }
        return authority;
    }

    private static int portOf(String text, Scheme scheme) {
        if (text == null) {
            return scheme.port;
        }
        int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw CallbackUrlError.INVALID_PORT.exception();
        }
        return port;
    }

    /** Returns whether it is requested with TLS. */
    public boolean isEncrypted() {
        return scheme == Scheme.HTTPS;
    }

    @Override
    public String toString() {
        String name = scheme.name().toLowerCase(Locale.ROOT);
        return name + "://" + host.inUrl() + (port == scheme.port ? "" : ":" + port) + target;
    }
}
