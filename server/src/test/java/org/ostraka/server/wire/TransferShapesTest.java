package org.ostraka.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shapes of requests about exports and imports. */
final class TransferShapesTest {
  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLongBucketNameIsCheckedInLinearTime() {
    Shape.Text bucket = (Shape.Text) TransferShapes.BUCKET;
    String longName = "a".repeat(100_000) + "!";
    assertThat(bucket.rules())
        .allSatisfy(rule -> {
          assertThat(rule.problem("a.b-c_9", "s3Bucket")).isEmpty();
          assertThat(rule.problem(longName, "s3Bucket")).isPresent();
        });
  }
}
