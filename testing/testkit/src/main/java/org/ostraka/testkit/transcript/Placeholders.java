package org.ostraka.testkit.transcript;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The placeholders in the bodies of one transcript. One thread.
 *
 * <pre>
 * {{3 * 'ab'}}      ababab
 * {{uuid}}          any UUID, in answers
 * {{uuid:orders}}   a UUID, the same one for each use of the name; in requests the value of an earlier answer
 * {{time}}          seconds since 1970 with up to three decimals; may be named likewise
 * {{hex}}           hexadecimal digits; may be named likewise
 * {{token}}         Base64; may be named likewise
 * </pre>
 */
final class Placeholders {
  private static final Pattern REPEATED = Pattern.compile("\\{\\{([0-9]{1,8}) \\* '([^']+)'\\}\\}");
  private static final Pattern VOLATILE =
      Pattern.compile("\\{\\{(?<kind>uuid|time|hex|token)(?::(?<name>[a-z0-9-]+))?\\}\\}");
  private static final Map<String, String> KINDS =
      Map.of(
          "uuid", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
          "time", "[0-9]+(?:\\.[0-9]{1,3})?",
          "hex", "[0-9a-f]+",
          "token", "[0-9A-Za-z+/]+={0,2}");

  private final Map<String, String> captured = new HashMap<>();

  /** Returns a request's body as it is sent. */
  String filled(String request) {
    return VOLATILE
        .matcher(expanded(request))
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(), found.group("name"))));
  }

  /** Returns whether an answer is the expected one; captures what has a name. */
  boolean matches(String expected, String actual) {
    Map<String, Integer> groups = new HashMap<>();
    Matcher matcher = pattern(expanded(expected), groups).matcher(actual);
    if (!matcher.matches()) {
      return false;
    }
    groups.forEach((name, group) -> captured.put(name, matcher.group(group)));
    return true;
  }

  /**
   * Returns an answer in which the placeholders of the expected one replace the values that they
   * match.
   */
  String kept(String expected, String actual) {
    Map<String, String> known = new HashMap<>(captured);
    String text = actual;
    Matcher found = VOLATILE.matcher(expected);
    while (found.find()) {
      String name = Optional.ofNullable(found.group("name")).orElse("");
      String value = known.get(name);
      Matcher place =
          Pattern.compile(
                  "(?<context>"
                      + Pattern.quote(contextOf(expected, found.start()))
                      + ")(?<![0-9a-zA-Z.-])(?<value>"
                      + (value == null ? KINDS.get(found.group("kind")) : Pattern.quote(value))
                      + ")(?![0-9a-zA-Z.-])")
              .matcher(text);
      if (place.find()) {
        if (!name.isEmpty()) {
          known.put(name, place.group("value"));
        }
        text =
            text.substring(0, place.start("value"))
                + found.group()
                + text.substring(place.end("value"));
      }
    }
    return text;
  }

  /**
   * Returns an answer as a transcript shows it: UUIDs and long runs of a character become
   * placeholders.
   */
  static String shown(String answer) {
    return abridged(answer.replaceAll(KINDS.get("uuid"), Matcher.quoteReplacement("{{uuid}}")));
  }

  private Pattern pattern(String expected, Map<String, Integer> groups) {
    StringBuilder regex = new StringBuilder();
    Matcher found = VOLATILE.matcher(expected);
    int end = 0;
    int count = 0;
    while (found.find()) {
      regex.append(Pattern.quote(expected.substring(end, found.start())));
      String name = Optional.ofNullable(found.group("name")).orElse("");
      if (captured.containsKey(name)) {
        regex.append(Pattern.quote(captured.getOrDefault(name, "")));
      } else if (groups.containsKey(name)) {
        regex.append("\\").append(groups.get(name));
      } else {
        regex.append("(").append(KINDS.get(found.group("kind"))).append(")");
        count++;
        noteGroup(groups, name, count);
      }
      end = found.end();
    }
    return Pattern.compile(regex + Pattern.quote(expected.substring(end)), Pattern.DOTALL);
  }

  private static void noteGroup(Map<String, Integer> groups, String name, int group) {
    if (!name.isEmpty()) {
      groups.put(name, group);
    }
  }

  private String value(String placeholder, @Nullable String name) {
    String value = name == null ? null : captured.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no answer before has " + placeholder);
    }
    return value;
  }

  /** Returns the text before a value back to a comma or a brace, usually the member's name. */
  private static String contextOf(String text, int end) {
    int start = end;
    while (start > 0 && ",{[".indexOf(text.charAt(start - 1)) < 0) {
      start--;
    }
    return text.substring(start, end);
  }

  private static String expanded(String text) {
    return REPEATED
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
  }

  /** Replaces long runs of one letter or digit with a placeholder. */
  private static String abridged(String text) {
    return Pattern.compile("([A-Za-z0-9])\\1{63,}")
        .matcher(text)
        .replaceAll(run ->
            Matcher.quoteReplacement("{{" + run.group().length() + " * '" + run.group(1) + "'}}"));
  }
}
