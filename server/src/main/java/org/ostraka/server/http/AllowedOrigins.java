package org.ostraka.server.http;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origins whose web pages may use the server. A browser names the origin of the page that sends
 * a request. As long as signatures are not verified, a page that nobody has named could read and
 * change everything. Immutable.
 *
 * @param origins the origins that the operator allows beside pages of localhost, such as {@code
 *     https://example.org}; {@value #ANY} allows every origin
 */
public record AllowedOrigins(Set<String> origins) {
  /** Allows every origin. */
  public static final String ANY = "*";

  /** Only pages of localhost. */
  public static final AllowedOrigins LOCALHOST = new AllowedOrigins(Set.of());

  private static final Pattern PAGE =
      Pattern.compile("https?://(\\[[^\\[\\]/]*]|[^\\[\\]:/]*)(?::[0-9]+)?");
  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[!-.0-~]+");

  /** Copies the origins, in lower case. */
  public AllowedOrigins {
    Set<String> lower = new HashSet<>();
    origins.forEach(origin -> lower.add(origin.toLowerCase(Locale.ROOT)));
    origins = Set.copyOf(lower);
  }

  /** Returns whether a text can be an allowed origin: scheme, host and port, or {@link #ANY}. */
  public static boolean isOrigin(String text) {
    return text.equals(ANY) || ORIGIN.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  /** Returns whether a page of this origin is served. The origin {@code null} of a file is not. */
  boolean allows(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    if (origins.contains(ANY) || origins.contains(lower)) {
      return true;
    }
    Matcher page = PAGE.matcher(lower);
    return page.matches() && AllowedHosts.isLoopback(page.group(1));
  }
}
