package org.ostraka.engine.tag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.operation.CapacityMode;
import org.ostraka.model.Limits;
import org.ostraka.model.Tags;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.NewTag;

/**
 * Rules for the tags in a request, with the service's texts. Stateless.
 *
 * <p>Q-105 to measured them (October 2026); the order of two errors in one
 * request was not measured.
 */
public final class TagRules {
  private static final String RESERVED = "aws:";

  /** The characters of keys and values; letters and digits may be of any script. */
  private static final Predicate<String> LEGAL =
      Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*").asMatchPredicate();

  private TagRules() {}

  /** Returns the tags of a new table, which may have none. */
  public static Tags ofNewTable(List<NewTag> tags) {
    return requireWithinLimit(legal(tags));
  }

  /** Returns the tags to add to a table. */
  static Tags toAdd(List<NewTag> tags) {
    if (tags.isEmpty()) {
      throw new ValidationException("Atleast one Tag needs to be provided as Input.");
    }
    return requireWithinLimit(legal(tags));
  }

  /** Refuses keys of tags to remove; a key that the table does not have is not refused. */
  static void requireRemovable(List<String> keys) {
    if (keys.isEmpty()) {
      throw new ValidationException("Atleast one Tag Key needs to be provided as Input.");
    }
    keys.forEach(TagRules::requireKey);
    if (keys.size() > Limits.TAGS) {
      throw tooMany();
    }
  }

  /** Returns the tags unless they are more than a table may have. */
  static Tags requireWithinLimit(Tags tags) {
    if (tags.size() > Limits.TAGS) {
      throw tooMany();
    }
    return tags;
  }

  private static Tags legal(List<NewTag> tags) {
    Map<String, String> byKey = new LinkedHashMap<>();
    for (NewTag tag : tags) {
      String key = requireKey(tag.key());
      String value = requireValue(tag.value());
      requireMode(key, value);
      if (byKey.put(key, value) != null) {
        throw new ValidationException(
            "Duplicate Tag Keys provided as input: Duplicate Tag Key found " + key);
      }
    }
    return new Tags(byKey);
  }

  private static String requireKey(@Nullable String key) {
    if (key == null || key.isEmpty() || !isLegal(key, Limits.TAG_KEY_CHARS)) {
      throw new ValidationException("The Tag Key provided is invalid, Key: " + key);
    }
    if (key.regionMatches(true, 0, RESERVED, 0, RESERVED.length())) {
      throw new ValidationException("Tag Key cannot be prefixed with aws:, Key: " + key);
    }
    return key;
  }

  private static String requireValue(@Nullable String value) {
    if (value == null || !isLegal(value, Limits.TAG_VALUE_CHARS)) {
      throw new ValidationException("The Tag Value provided is invalid, Value: " + value);
    }
    return value;
  }

  /** Refuses a value of Ostraka's own tag that it would not follow. */
  private static void requireMode(String key, String value) {
    if (key.equals(CapacityMode.TAG) && CapacityMode.of(value).isEmpty()) {
      throw new ValidationException(
          "The Tag Value provided is invalid, Value: "
              + value
              + ": the tag "
              + key
              + " of Ostraka has the values report, enforce and off");
    }
  }

  private static boolean isLegal(String text, int maxChars) {
    return text.length() <= maxChars && LEGAL.test(text);
  }

  private static ValidationException tooMany() {
    return new ValidationException(
        "Number of Tags exceed the current limit for the provided ResourceArn");
  }
}
