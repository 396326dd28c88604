package org.ostraka.storage.postgresql;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads URLs of databases as PostgreSQL's own programs take them: {@code
 * postgresql://user:password@host:port,host:port/database?sslmode=verify-full}. No message shows
 * the URL, which may have a password. Stateless.
 *
 * @param password absent when the URL has none
 */
public record PostgresUrl(
    String hosts,
    String database,
    String user,
    Optional<String> password,
    Map<String, String> parameters) {
  private static final Pattern URL =
      Pattern.compile("postgres(?:ql)?://(?:([^@/?]*)@)?([^@/?]+)/([^/?]+)(?:\\?(.*))?");

  private static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?";
  private static final Pattern HOSTS = Pattern.compile(HOST + "(?:," + HOST + ")*");

  /** The driver's parameters that an operator may set. */
  private static final Set<String> PARAMETERS =
      Set.of(
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "channelBinding",
          "connectTimeout",
          "socketTimeout",
          "hostRecheckSeconds",
          "targetServerType");

  /** The user when the URL names none. */
  private static final String DEFAULT_USER = "ostraka";

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException when it is not such a URL; the message says what is wrong
   */
  public static PostgresUrl parse(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw new IllegalArgumentException("it is like postgresql://user@host:5432/database");
    }
    String hosts = url.group(2);
    if (!HOSTS.matcher(hosts).matches()) {
      throw new IllegalArgumentException("its hosts are like db.example:5432, separated by commas");
    }
    String[] credentials = Optional.ofNullable(url.group(1)).orElse("").split(":", 2);
    return new PostgresUrl(
        hosts,
        decoded(url.group(3)),
        credentials[0].isEmpty() ? DEFAULT_USER : decoded(credentials[0]),
        credentials.length < 2 ? Optional.empty() : Optional.of(decoded(credentials[1])),
        parameters(Optional.ofNullable(url.group(4)).orElse("")));
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      String[] pair = part.split("=", 2);
      String name = decoded(pair[0]);
      if (!PARAMETERS.contains(name) || pair.length < 2) {
        throw new IllegalArgumentException(
            "its parameters are " + String.join(", ", PARAMETERS.stream().sorted().toList()));
      }
      parameters.put(name, decoded(pair[1]));
    }
    return parameters;
  }

  /** Returns the settings that this URL stands for. */
  public PostgresSettings settings(String password, int connections) {
    return new PostgresSettings(hosts, database, user, password, parameters, connections);
  }

  /** Returns the URL without the password and the parameters. */
  @Override
  public String toString() {
    return settings("", 1).toString();
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("a % in it begins two hexadecimal digits");
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
