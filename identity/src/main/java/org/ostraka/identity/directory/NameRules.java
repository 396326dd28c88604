package org.ostraka.identity.directory;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.ostraka.model.Tags;

/** The rules for names, paths, texts and tags: "IAM and AWS STS quotas". Stateless. */
public final class NameRules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]+");
  private static final Pattern PATH = Pattern.compile("/|/[!-~]+/");
  private static final Pattern DESCRIPTION = Pattern.compile("[\\t\\n\\r -~¡-ÿ]*");
  private static final Pattern TAG_TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
  private static final Pattern POLICY_TEXT = Pattern.compile("[\\t\\n\\r -ÿ]+");
  private static final int USER_OR_ROLE_NAME = 64;
  private static final int OTHER_NAME = 128;
  private static final int PATH_LENGTH = 512;
  private static final int DESCRIPTION_LENGTH = 1_000;
  private static final int TAG_KEY = 128;
  private static final int TAG_VALUE = 256;
  private static final String RESERVED = "aws:";

  private NameRules() {}

  static void requireHead(EntityKind kind, String name, String path) {
    boolean isShort = kind == EntityKind.USER || kind == EntityKind.ROLE;
    requireName(kind.noun() + "Name", name, isShort ? USER_OR_ROLE_NAME : OTHER_NAME);
    if (path.length() > PATH_LENGTH || !PATH.matcher(path).matches()) {
      throw DirectoryException.invalid(
          "The specified value for path is invalid. It must begin and end with / and contain only"
              + " alphanumeric characters and/or / characters.");
    }
  }

  static void requirePolicyName(String name) {
    requireName("policyName", name, OTHER_NAME);
  }

  private static void requireName(String member, String name, int longest) {
    if (name.length() > longest) {
      throw DirectoryException.invalid(
          "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must have"
                  .formatted(member)
              + " length less than or equal to "
              + longest);
    }
    if (!NAME.matcher(name).matches()) {
      throw DirectoryException.invalid(
          "The specified value for "
              + member
              + " is invalid. It must contain only alphanumeric characters and/or the following:"
              + " +=,.@_-");
    }
  }

  static void requireDescription(String text) {
    if (text.length() > DESCRIPTION_LENGTH || !DESCRIPTION.matcher(text).matches()) {
      throw DirectoryException.invalid(
          "A description has at most " + DESCRIPTION_LENGTH + " characters up to U+00FF");
    }
  }

  static void requireText(PolicyText policy) {
    if (policy.text().length() > Quotas.POLICY_TEXT_CHARACTERS
        || !POLICY_TEXT.matcher(policy.text()).matches()) {
      throw DirectoryException.invalid(
          "A policy document has at most "
              + Quotas.POLICY_TEXT_CHARACTERS
              + " characters up to U+00FF");
    }
  }

  /** Refuses tags of an entity or a session that break a rule. */
  public static void requireTags(Tags tags) {
    if (tags.size() > Quotas.TAGS) {
      throw DirectoryException.exceeded("TagsPerResource", Quotas.TAGS);
    }
    Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    keys.addAll(tags.byKey().keySet());
    if (keys.size() < tags.size()) {
      // Conditions compare keys without case: they could not tell which one is meant.
      throw new DirectoryException(
          DirectoryException.Code.INVALID_INPUT,
          "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }
    tags.byKey()
        .forEach((key, value) -> {
          boolean isLegal =
              !key.isEmpty()
                  && key.length() <= TAG_KEY
                  && value.length() <= TAG_VALUE
                  && TAG_TEXT.matcher(key).matches()
                  && TAG_TEXT.matcher(value).matches()
                  && !key.regionMatches(true, 0, RESERVED, 0, RESERVED.length());
          if (!isLegal) {
            throw new DirectoryException(
                DirectoryException.Code.INVALID_INPUT, "The tag with key " + key + " is not legal");
          }
        });
  }
}
