package org.ostraka.engine.reference;

import java.util.List;
import java.util.Optional;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.ComparisonOperator;
import org.ostraka.model.Item;
import org.ostraka.model.operation.NewIndex;

/** One thing that is done to a table. Immutable; its text is what a failure shows. */
sealed interface Step {

  /** In which form a request is written. */
  enum Form {
    EXPRESSIONS,
    OLDER
  }

  record Put(Form form, Item item, Check check) implements Step {}

  record Update(Form form, Item key, List<Change> changes, Check check) implements Step {}

  record Delete(Form form, Item key, Check check) implements Step {}

  record Get(Form form, Item key, List<String> attributes) implements Step {}

  /**
   * Reads all pages of a query.
   *
   * @param index the index that is read, absent for the table itself
   * @param pageSize items of a page, 0 for no limit
   */
  record Query(
      Form form,
      Optional<NewIndex> index,
      AttributeValue partition,
      Optional<SortTest> sort,
      Check filter,
      boolean forward,
      int pageSize)
      implements Step {}

  /** Reads all pages of all segments. */
  record Scan(Form form, Optional<NewIndex> index, Check filter, int segments, int pageSize)
      implements Step {}

  /** Puts and deletes of different items in one batch. */
  record Batch(List<Item> puts, List<Item> deletes) implements Step {}

  /** Writes of different items, all of them or none. */
  record Transact(List<Action> actions) implements Step {}

  /** What a transaction does to an item. */
  sealed interface Action {
    Item key();

    record Put(Item key, Item item, Check check) implements Action {}

    record Update(Item key, List<Change> changes, Check check) implements Action {}

    record Delete(Item key, Check check) implements Action {}

    record Require(Item key, Check check) implements Action {}
  }

  /**
   * Reads items by their keys.
   *
   * @param transacted whether they are read as of one moment
   */
  record GetSeveral(List<Item> keys, boolean transacted) implements Step {}

  /** Begins to add the late index, if the table does not have it. */
  record AddIndex() implements Step {}

  /** Takes the building of the late index some items further. */
  record BuildIndex() implements Step {}

  /** Takes the late index away, whether or not it is complete. */
  record RemoveIndex() implements Step {}

  /** Deletes the table and creates it again. */
  record Recreate() implements Step {}

  /** Opens the engine anew on what a crash leaves. */
  record Restart() implements Step {}

  /** What a query asks of the sort key. */
  record SortTest(ComparisonOperator operator, List<AttributeValue> values) {
    boolean holds(String attribute, Item item) {
      return new Check.Test(attribute, operator, values).holds(item);
    }
  }
}
