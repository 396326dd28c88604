package org.ostraka.expression;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.ostraka.model.error.ValidationException;

/**
 * The rules for what expressions may not do with the attributes of a key. Stateless.
 *
 * <p>The texts are those of dynalite's {@code actions/query.js} and {@code db/index.js}.
 */
public final class KeyAttributeRules {
  private KeyAttributeRules() {}

  /**
   * Refuses a query's filter that reads an attribute of the key that is queried; of several, the
   * message names the first of the key.
   *
   * @throws ValidationException with the service's text
   */
  public static void refuseInFilter(Condition filter, List<String> keyAttributes) {
    refuseInFilter("Filter Expression", filter, keyAttributes);
  }

  /** Refuses the same for a filter in the older form, whose parameter is the text's first word. */
  public static void refuseInFilter(
      String parameter, Condition filter, List<String> keyAttributes) {
    List<String> read = filter.paths().map(Path::attribute).toList();
    keyAttributes.stream()
        .filter(read::contains)
        .findFirst()
        .ifPresent(attribute -> {
          throw new ValidationException(
              parameter
                  + " can only contain non-primary key attributes: Primary key attribute: "
                  + attribute);
        });
  }

  /**
   * Refuses paths into an attribute of a key, which contains no document.
   *
   * @throws ValidationException with the service's text
   */
  public static void refuseNested(Stream<Path> paths, Collection<String> keyAttributes) {
    refuseNested(paths, keyAttributes, "Key");
  }

  /** Refuses paths into an attribute of an index's key. */
  public static void refuseNestedInIndex(Stream<Path> paths, Collection<String> keyAttributes) {
    refuseNested(paths, keyAttributes, "IndexKey");
  }

  private static void refuseNested(
      Stream<Path> paths, Collection<String> keyAttributes, String kind) {
    paths
        .filter(path -> path.isNested() && keyAttributes.contains(path.attribute()))
        .findFirst()
        .ifPresent(path -> {
          throw new ValidationException(
              "Key attributes must be scalars; list random access '[]' and map lookup '.' are"
                  + " not allowed: "
                  + kind
                  + ": "
                  + path.attribute());
        });
  }

  /**
   * Refuses an update of attributes of the table's key; of several, the message names the first of
   * the key.
   *
   * @throws ValidationException with the service's text
   */
  public static void refuseInUpdate(Update update, List<String> keyAttributes) {
    List<String> written =
        update.actions().stream().map(action -> action.path().attribute()).toList();
    keyAttributes.stream()
        .filter(written::contains)
        .findFirst()
        .ifPresent(attribute -> {
          throw ValidationException.ofParameters(
              "Cannot update attribute " + attribute + ". This attribute is part of the key");
        });
  }
}
