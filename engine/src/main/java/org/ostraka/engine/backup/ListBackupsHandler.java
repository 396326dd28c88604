package org.ostraka.engine.backup;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.catalogue.TableReference;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.BackupArn;
import org.ostraka.model.BackupDescription;
import org.ostraka.model.BackupDetails;
import org.ostraka.model.BackupType;
import org.ostraka.model.Caller;
import org.ostraka.model.TableArn;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ListBackups;
import org.ostraka.storage.Store;

/** Carries out ListBackups. Any thread. */
public final class ListBackupsHandler
    implements OperationHandler<ListBackups.Request, ListBackups.Response> {
  private static final int DEFAULT_LIMIT = 100;
  private static final String ALL = "ALL";

  private static final Comparator<BackupArn> ORDER = ListBackupsHandler::order;

  private final Gate gate;
  private final BackupRows rows;

  public ListBackupsHandler(Gate gate, Store store) {
    this.gate = gate;
    this.rows = new BackupRows(store);
  }

  private static int order(BackupArn one, BackupArn other) {
    int byTime = one.created().compareTo(other.created());
    return byTime != 0 ? byTime : one.compareTo(other);
  }

  @Override
  public ListBackups.Response handle(Caller caller, ListBackups.Request request) {
    Instant from = request.from();
    Instant to = request.to();
    if (from != null && to != null && from.isAfter(to)) {
      throw ValidationException.ofParameters(
          "Time range lower bound must be less than or equal to upper bound");
    }
    Optional<BackupArn> start = start(caller, request.exclusiveStart());
    gate.admit(caller, Action.LIST_BACKUPS);
    Optional<TableArn> table =
        Optional.ofNullable(request.tableName())
            .map(name -> TableReference.resolve(caller.owner(), name));
    List<BackupDescription> wanted =
        rows.backups(caller.owner()).stream()
            .map(Backup::description)
            .filter(backup -> isWanted(request, table, backup.details()))
            .filter(backup ->
                start.filter(arn -> ORDER.compare(backup.details().arn(), arn) <= 0).isEmpty())
            .sorted(Comparator.comparing(backup -> backup.details().arn(), ORDER))
            .toList();
    int limit = Optional.ofNullable(request.limit()).orElse(DEFAULT_LIMIT);
    if (wanted.size() <= limit) {
      return new ListBackups.Response(wanted, Optional.empty());
    }
    List<BackupDescription> page = wanted.subList(0, limit);
    return new ListBackups.Response(page, Optional.of(page.getLast().details().arn()));
  }

  private static Optional<BackupArn> start(Caller caller, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    BackupArn arn = BackupReference.anywhere(text);
    if (!arn.table().owner().region().equals(caller.owner().region())) {
      throw new ValidationException(
          "Invalid Request: The supplied ExclusiveStartBackupArn does not match the region");
    }
    return Optional.of(arn);
  }

  private static boolean isWanted(
      ListBackups.Request request, Optional<TableArn> table, BackupDetails backup) {
    Instant from = request.from();
    Instant to = request.to();
    String type = Optional.ofNullable(request.type()).orElse(BackupType.USER.name());
    return (type.equals(ALL) || type.equals(backup.type().name()))
        && table.filter(arn -> !arn.equals(backup.arn().table())).isEmpty()
        && (from == null || !backup.created().isBefore(from))
        && (to == null || backup.created().isBefore(to));
  }
}
