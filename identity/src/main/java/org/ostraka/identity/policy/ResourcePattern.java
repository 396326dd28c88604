package org.ostraka.identity.policy;

import java.util.Optional;

/**
 * A pattern of the ARNs of resources: "IAM JSON policy elements: Resource" in the IAM User Guide.
 * Immutable.
 *
 * <p>Letter case counts. Variables count only behind the fifth colon; before it, their text stands
 * for itself and fits no ARN.
 */
public final class ResourcePattern {
  private static final int COLONS_BEFORE_VARIABLES = 5;

  private final String text;
  private final Template head;
  private final Template tail;
  private final Optional<Glob> fixed;

  /** Reads a pattern of a document of this version. */
  public ResourcePattern(String text, LanguageVersion version) {
    this.text = text;
    int split = endOfHead(text);
    this.head = Template.of(text.substring(0, split), LanguageVersion.V2008_10_17);
    this.tail = Template.of(text.substring(split), version);
    this.fixed = tail.hasVariables() ? Optional.empty() : glob(key -> Optional.empty());
  }

  /** Returns where the part begins that may have variables. */
  private static int endOfHead(String text) {
    int at = -1;
    for (int i = 0; i < COLONS_BEFORE_VARIABLES; i++) {
      at = text.indexOf(':', at + 1);
      if (at < 0) {
        return text.length();
      }
    }
    return at + 1;
  }

  Match matches(String arn, RequestContext context) {
    return fixed
        .or(() -> glob(context))
        .map(pattern -> Match.of(pattern.matches(arn)))
        .orElse(Match.UNKNOWN);
  }

  private Optional<Glob> glob(RequestContext context) {
    return head.pattern(context)
        .flatMap(pattern -> tail.pattern(context).map(pattern::then))
        .map(Glob.Builder::buildForArn);
  }

  @Override
  public String toString() {
    return text;
  }
}
