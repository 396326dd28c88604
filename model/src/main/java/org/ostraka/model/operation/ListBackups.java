package org.ostraka.model.operation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.BackupArn;
import org.ostraka.model.BackupDescription;

/** Returns the backups of an account in a region, page by page. */
public final class ListBackups {
  private ListBackups() {}

  /**
   * The request. Immutable.
   *
   * @param tableName a name or an ARN; absent for all tables
   * @param limit the number of backups of a page, at most
   * @param from the earliest time of creation
   * @param to the time of creation before which backups are listed
   * @param exclusiveStart the ARN after which to go on
   * @param type USER, SYSTEM, AWS_BACKUP or ALL
   */
  public record Request(
      @Nullable String tableName,
      @Nullable Integer limit,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String exclusiveStart,
      @Nullable String type) {}

  /**
   * The response. Immutable.
   *
   * @param last the last one of this page; absent when there are no more
   */
  public record Response(List<BackupDescription> backups, Optional<BackupArn> last) {
    public Response {
      backups = List.copyOf(backups);
    }
  }
}
