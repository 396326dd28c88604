package org.ostraka.expression;

import java.util.List;
import java.util.stream.Stream;
import org.ostraka.model.Item;
import org.ostraka.model.error.ValidationException;

/**
 * The changes of one item, given as an expression or in the older request form: actions whose paths
 * do not overlap. Immutable.
 *
 * <p>"Update expressions" in the Developer Guide. Actions on lists refer to the positions of
 * elements before the update.
 */
public record Update(List<UpdateAction> actions, Form form) {

  /** The request form of an update, which decides the message for values of a wrong type. */
  public enum Form {
    UPDATE_EXPRESSION("An operand in the update expression has an incorrect data type"),
    ATTRIBUTE_UPDATES("Type mismatch for attribute to update");

    private final String typeMismatch;

    Form(String typeMismatch) {
      this.typeMismatch = typeMismatch;
    }

    String typeMismatch() {
      return typeMismatch;
    }
  }

  public Update {
    actions = List.copyOf(actions);
  }

  /** Makes an update that was given as an expression. */
  public Update(List<UpdateAction> actions) {
    this(actions, Form.UPDATE_EXPRESSION);
  }

  /**
   * Returns whether the update creates an item if there is none: true if it writes anything, and
   * does not only remove.
   */
  public boolean makesItem() {
    return actions.stream().anyMatch(Update::writes);
  }

  private static boolean writes(UpdateAction action) {
    return switch (action) {
      case UpdateAction.Set _, UpdateAction.Add _ -> true;
      case UpdateAction.Remove _, UpdateAction.Delete _ -> false;
    };
  }

  /** Returns all paths that are written or read. */
  public Stream<Path> paths() {
    return actions.stream()
        .flatMap(action ->
            action instanceof UpdateAction.Set(Path path, SetValue value)
                ? Stream.concat(Stream.of(path), value.paths())
                : Stream.of(action.path()));
  }

  /**
   * Returns the item after the update. All reads see the item before the update.
   *
   * @param item the current item; for a new item, its key
   * @throws ValidationException with the service's text: values of a wrong type in the item,
   *     attributes that are missing, paths into absent values, numbers out of range
   */
  public Item apply(Item item) {
    return new UpdateEvaluation(item, form).apply(actions);
  }

  /**
   * Returns the parts of the item, before the update or after it, at the paths of all actions. At
   * the path of a list element that was removed, the item after the update has the element that
   * moved there (dynoxide pull request 148 for PartiQL; floci-io/floci pull request 3447 for
   * UPDATED_NEW, both measured on the service).
   */
  public Item parts(Item item) {
    return new Projection(actions.stream().map(UpdateAction::path).toList()).of(item);
  }
}
