package org.ostraka.engine.gate;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.catalogue.ChangedTable;
import org.ostraka.engine.catalogue.OpenTable;
import org.ostraka.engine.catalogue.TableRecord;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.model.error.ApiException;
import org.ostraka.storage.Space;

/**
 * A table, or the name of one, that a caller may use for an action that does not touch its items.
 * Immutable.
 */
public final class AdmittedTable {
  private final Catalogue catalogue;
  private final Principal actor;
  private final TableArn arn;
  private final Supplier<? extends ApiException> absent;

  AdmittedTable(Catalogue catalogue, Principal actor, TableArn arn) {
    this(catalogue, actor, arn, () -> Catalogue.absent(arn));
  }

  private AdmittedTable(
      Catalogue catalogue, Principal actor, TableArn arn, Supplier<? extends ApiException> absent) {
    this.catalogue = catalogue;
    this.actor = actor;
    this.arn = arn;
    this.absent = absent;
  }

  /** Returns the same table, with another error in case that it does not exist. */
  public AdmittedTable orElse(Supplier<? extends ApiException> error) {
    return new AdmittedTable(catalogue, actor, arn, error);
  }

  /** Returns the error of a table that does not exist. */
  public ApiException missing() {
    return absent.get();
  }

  public TableArn arn() {
    return arn;
  }

  /** Returns the table as it is now; see {@link Catalogue#describe}. */
  public OpenTable describe() {
    return catalogue.describe(arn).orElseThrow(absent);
  }

  /** Returns the table's record as it is now. */
  public TableRecord record() {
    return describe().current().orElseThrow(absent);
  }

  /** Adds the table; see {@link Catalogue#create}. */
  public ChangedTable create(Function<Optional<TableRecord>, Function<Space, TableRecord>> choice) {
    return catalogue.create(actor, arn, choice);
  }

  /** Changes the table's record; see {@link Catalogue#changeWithSpace}. */
  public ChangedTable change(UnaryOperator<TableRecord> choice) {
    return changeWithSpace(record -> {
      TableRecord next = choice.apply(record);
      return _ -> next;
    });
  }

  /** Changes the table's record, which may take a space; see {@link Catalogue#changeWithSpace}. */
  public ChangedTable changeWithSpace(Function<TableRecord, Function<Space, TableRecord>> choice) {
    return catalogue.changeWithSpace(actor, arn, absent, choice);
  }

  /** Returns the records of all tables of the same owner. */
  public List<TableRecord> tablesOfOwner() {
    return catalogue.records(arn.owner());
  }
}
