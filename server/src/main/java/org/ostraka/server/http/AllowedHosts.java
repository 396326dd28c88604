package org.ostraka.server.http;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts that a request's Host field may name. A web page can have its own host name resolved to
 * this machine (DNS rebinding); the browser then takes this server for the page's own. Such a
 * request still names the page's host, so a host that nobody has named is refused. An IP address
 * cannot be rebound. Immutable.
 *
 * @param names the names that the operator allows beside those of the loopback interface; {@value
 *     #ANY} allows every name
 * @param anyAddress whether every IP address is allowed, because the server listens on others than
 *     the loopback address
 */
public record AllowedHosts(Set<String> names, boolean anyAddress) {
  /** Allows every name. */
  public static final String ANY = "*";

  /** Only the names of the loopback interface. */
  public static final AllowedHosts LOOPBACK = new AllowedHosts(Set.of(), false);

  private static final Pattern FIELD = Pattern.compile("(\\[[^\\[\\]]*]|[^\\[\\]:]*)(?::[0-9]*)?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*");

  private static final Set<String> USUAL = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Copies the names, in lower case. */
  public AllowedHosts {
    Set<String> lower = new HashSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    names = Set.copyOf(lower);
  }

  /** Returns whether a text can be an allowed name: a host name, an IP address, or {@link #ANY}. */
  public static boolean isName(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.equals(ANY) || NAME.matcher(lower).matches() || isBracketedAddress(lower);
  }

  /** Returns whether a request with this Host field is served. */
  boolean allows(String field) {
    Matcher parts = FIELD.matcher(field);
    if (!parts.matches()) {
      return false;
    }
    String host = parts.group(1).toLowerCase(Locale.ROOT);
    return names.contains(ANY)
        || isLoopback(host)
        || names.contains(host)
        || (anyAddress && isAddress(host));
  }

  /** Returns whether a host in lower case names the loopback interface (RFC 6761, section 6.3). */
  public static boolean isLoopback(String host) {
    return USUAL.contains(host)
        || host.endsWith(".localhost")
        || (isAddress(host) && InetAddress.ofLiteral(host).isLoopbackAddress());
  }

  private static boolean isAddress(String host) {
    if (host.startsWith("[")) {
      return isBracketedAddress(host);
    }
    return isLiteral(host);
  }

  private static boolean isBracketedAddress(String host) {
    return host.startsWith("[")
        && host.endsWith("]")
        && isLiteral(host.substring(1, host.length() - 1));
  }

  private static boolean isLiteral(String text) {
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
