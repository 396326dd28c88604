package org.ostraka.model.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ExportDescription;
import org.ostraka.model.ExportFilter;
import org.ostraka.model.ExportView;
import org.ostraka.model.ItemFormat;

/** ExportTableToPointInTime: begins to write a table's items to a bucket. */
public final class ExportTableToPointInTime {
  private ExportTableToPointInTime() {}

  /**
   * The request. Immutable.
   *
   * @param keyId the key of KMS that is to encrypt the objects
   */
  public record Request(
      String tableArn,
      @Nullable Instant exportTime,
      @Nullable String clientToken,
      String bucket,
      @Nullable String bucketOwner,
      @Nullable String prefix,
      @Nullable String encryption,
      @Nullable String keyId,
      @Nullable ItemFormat format,
      @Nullable String type,
      @Nullable Increment increment,
      @Nullable ExportFilter filter) {}

  /** The changes that an incremental export is to have. Immutable. */
  public record Increment(
      @Nullable Instant from, @Nullable Instant to, @Nullable ExportView view) {}

  /** The response. Immutable. */
  public record Response(ExportDescription export) {}
}
