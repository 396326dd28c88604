package org.ostraka.voting;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;

/** Options that name claims of voters' tokens, each with a value. */
final class ClaimOptions {
  private static final Kind<String> CLAIM = Kind.text("CLAIM=VALUE");

  private ClaimOptions() {}

  /** Makes an option that may be given several times. */
  static Option<List<String>> option(String name, String description) {
    return Option.repeatable(name, CLAIM, description);
  }

  /**
   * Returns the values of each claim that an option names. The first equals sign ends the claim.
   *
   * @throws BadArgumentsException if an option has no claim, or is given twice
   */
  static Map<String, Set<String>> of(Option<List<String>> option, Arguments given) {
    Map<String, Set<String>> claims = new LinkedHashMap<>();
    for (String text : given.get(option)) {
      int split = text.indexOf('=');
      if (split < 1) {
        throw new BadArgumentsException(option.name() + " is CLAIM=VALUE, not " + text);
      }
      Set<String> values =
          claims.computeIfAbsent(text.substring(0, split), _ -> new LinkedHashSet<>());
      if (!values.add(text.substring(split + 1))) {
        throw new BadArgumentsException(option.name() + " " + text + " is given twice");
      }
    }
    return claims;
  }
}
