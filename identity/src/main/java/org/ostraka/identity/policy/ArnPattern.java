package org.ostraka.identity.policy;

import java.util.List;
import java.util.Optional;

/**
 * A pattern of ARNs whose six parts are compared one by one: "Amazon Resource Name (ARN) condition
 * operators" in the IAM User Guide. Immutable.
 *
 * <p>A lone * fits every text.
 */
final class ArnPattern {
  private static final int PARTS = 6;

  private final Template template;
  private final Optional<List<Glob>> fixed;

  private ArnPattern(Template template) {
    this.template = template;
    this.fixed = template.hasVariables() ? Optional.empty() : parts(RequestContext.EMPTY);
  }

  static ArnPattern of(Template template) {
    return new ArnPattern(template);
  }

  Match matches(String arn, RequestContext context) {
    return fixed
        .or(() -> parts(context))
        .map(parts -> Match.of(matches(parts, arn)))
        .orElse(Match.UNKNOWN);
  }

  private static boolean matches(List<Glob> parts, String arn) {
    if (parts.size() == 1 && parts.getFirst().matchesEverything()) {
      return true;
    }
    String[] named = arn.split(":", PARTS);
    if (named.length != PARTS || parts.size() != PARTS) {
      return false;
    }
    for (int i = 0; i < PARTS; i++) {
      if (!parts.get(i).matches(named[i])) {
        return false;
      }
    }
    return true;
  }

  private Optional<List<Glob>> parts(RequestContext context) {
    return template.pattern(context).map(pattern -> pattern.buildParts(PARTS));
  }
}
