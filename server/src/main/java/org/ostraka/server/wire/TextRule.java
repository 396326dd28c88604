package org.ostraka.server.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ostraka.model.TableName;

/** A constraint on text, which knows how the service words its breach. Immutable. */
@FunctionalInterface
interface TextRule {
  /** What is wrong with the text at this path, if anything is. */
  Optional<String> problem(String text, String path);

  /** Characters, at least. */
  static TextRule atLeast(int chars) {
    return (text, path) ->
        unless(
            text.length() >= chars,
            () -> old(text, path, "Member must have length greater than or equal to " + chars));
  }

  /** Characters, at most. */
  static TextRule atMost(int chars) {
    return (text, path) ->
        unless(
            text.length() <= chars,
            () -> old(text, path, "Member must have length less than or equal to " + chars));
  }

  /** Characters, within bounds, in the wording of 2026. */
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

  /** One of these words, in the wording of 2026, which names neither the value nor the member. */
  static TextRule oneOfUnnamed(List<String> allowed, String listed) {
    return (text, _) ->
        unless(
            allowed.contains(text),
            () -> "Failed to satisfy constraint: Member must satisfy enum value set: " + listed);
  }

  /** Holds for anything that begins like an ARN; those are judged as a whole, elsewhere. */
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

  /** The problem is put into words only when there is one: rules are judged for every request. */
  private static Optional<String> unless(boolean holds, Supplier<String> problem) {
    return holds ? Optional.empty() : Optional.of(problem.get());
  }
}
