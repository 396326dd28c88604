package org.ostraka.server.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ostraka.model.TableName;

/** A constraint on text, with the service's message. Immutable. */
@FunctionalInterface
interface TextRule {
  /** Returns the problem of the text at this path; empty when it is legal. */
  Optional<String> problem(String text, String path);

  /** At least this many characters. */
  static TextRule atLeast(int chars) {
    return (text, path) ->
        unless(
            text.length() >= chars,
            () -> old(text, path, "Member must have length greater than or equal to " + chars));
  }

  /** At most this many characters. */
  static TextRule atMost(int chars) {
    return (text, path) ->
        unless(
            text.length() <= chars,
            () -> old(text, path, "Member must have length less than or equal to " + chars));
  }

  /** A number of characters within bounds, in the wording of 2026. */
  static TextRule between(int least, int most) {
    return (text, path) ->
        unless(
                text.length() >= least,
                () -> unnamed(path, "Member must have length greater than or equal to " + least))
            .or(() ->
                unless(
                    text.length() <= most,
                    () -> unnamed(path, "Member must have length less than or equal to " + most)));
  }

  /** The characters of a name: one or more of them. */
  static TextRule nameCharacters() {
    return (text, path) ->
        unless(
            !text.isEmpty() && TableName.hasLegalCharacters(text),
            () ->
                old(text, path, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"));
  }

  /** One of these words; messages list them in this order. */
  static TextRule oneOf(String... words) {
    List<String> allowed = List.of(words);
    return (text, path) ->
        unless(
            allowed.contains(text),
            () -> old(text, path, "Member must satisfy enum value set: " + Arrays.toString(words)));
  }

  /** One of these words, in the wording of 2026, which has neither the value nor the member. */
  static TextRule oneOfUnnamed(List<String> allowed, String listed) {
    return (text, _) ->
        unless(
            allowed.contains(text),
            () -> "Failed to satisfy constraint: Member must satisfy enum value set: " + listed);
  }

  /** Accepts everything that begins like an ARN, which is checked elsewhere. */
  default TextRule unlessArn() {
    return (text, path) -> text.startsWith("arn:") ? Optional.empty() : problem(text, path);
  }

  private static String old(String text, String path, String constraint) {
    return "Value '" + text + "' at '" + path + "' failed to satisfy constraint: " + constraint;
  }

  private static String unnamed(String path, String constraint) {
    String member = Character.toUpperCase(path.charAt(0)) + path.substring(1);
    return "Value at '" + member + "' failed to satisfy constraint: " + constraint;
  }

  /** Makes the message only when it is needed, since rules are checked for every request. */
  private static Optional<String> unless(boolean holds, Supplier<String> problem) {
    return holds ? Optional.empty() : Optional.of(problem.get());
  }
}
