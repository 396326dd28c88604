package org.ostraka.transfer.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.model.Bytes;
import org.ostraka.storage.archive.ConditionalPut;

final class DirectoryBucketsTest {
  private static final BucketName BUCKET = new BucketName("out", Optional.empty());

  @TempDir Path root;

  private Buckets buckets;

  @BeforeEach
  void makeBucket() throws IOException {
    buckets = new DirectoryBuckets(root);
    Files.createDirectory(root.resolve("out"));
  }

  @Test
  void whatIsPutIsForTheOwnerAlone() throws IOException {
    var _ = buckets.put(BUCKET, "a/b/object", Bytes.wrap("items".getBytes(UTF_8)));
    assertThat(mode("out/a")).isEqualTo("rwx------");
    assertThat(mode("out/a/b")).isEqualTo("rwx------");
    assertThat(mode("out/a/b/object")).isEqualTo("rw-------");
  }

  @Test
  void anObjectThatIsThereIsNotReplacedIfNoneMayBe() throws IOException {
    assertThat(buckets.putIfAbsent(BUCKET, "a/object", Bytes.of(1)))
        .isEqualTo(ConditionalPut.STORED);
    assertThat(buckets.putIfAbsent(BUCKET, "a/object", Bytes.of(2)))
        .isEqualTo(ConditionalPut.EXISTS);
    assertThat(mode("out/a/object")).isEqualTo("rw-------");
    assertThat(root.resolve("out/a/object")).hasBinaryContent(new byte[] {1});
    assertThat(root.resolve("out/a")).isDirectoryNotContaining(file -> !file.endsWith("object"));
  }

  /** An export writes to the bucket that an import reads. */
  @Test
  void aListingHasTheOtherObjectsWhileSomeAreBeingPut() throws Exception {
    var _ = buckets.put(BUCKET, "a", Bytes.EMPTY);
    AtomicBoolean isOver = new AtomicBoolean();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Integer> puts =
          threads.submit(() -> {
            int number = 0;
            while (!isOver.get()) {
              var _ = buckets.put(BUCKET, "b" + number++ % 10, Bytes.EMPTY);
            }
            return number;
          });
      try {
        for (int i = 0; i < 2_000; i++) {
          assertThat(buckets.list(BUCKET, "", Optional.empty()).getFirst().key()).isEqualTo("a");
        }
      } finally {
        isOver.set(true);
      }
      assertThat(puts.get()).isPositive();
    }
  }

  @Test
  void theErrorsOfImportsAreForTheOwnerAlone() throws IOException {
    new ErrorFiles(root.resolve(".logs")).write("id", 0, Bytes.EMPTY);
    assertThat(mode(".logs")).isEqualTo("rwx------");
    assertThat(mode(".logs/aws-dynamodb/imports/id")).isEqualTo("rwx------");
  }

  @Test
  void whatCannotBeUsedIsRefusedForGood() throws IOException {
    Files.writeString(root.resolve("file"), "no directory");
    BucketName file = new BucketName("file", Optional.empty());
    assertRefused("S3NoSuchBucket", () -> buckets.list(file, "", Optional.empty()));
    assertRefused("S3NoSuchBucket", () -> buckets.put(file, "key", Bytes.EMPTY));
    var _ = buckets.put(BUCKET, "object", Bytes.EMPTY);
    assertRefused("S3InvalidArgument", () -> buckets.put(BUCKET, "object/key", Bytes.EMPTY));
    Files.createSymbolicLink(root.resolve("out/round"), root.resolve("out"));
    assertRefused("S3InvalidArgument", () -> buckets.list(BUCKET, "", Optional.empty()));
  }

  /** Root reads every directory: then there is nothing to test. */
  @Test
  void aDirectoryThatMayNotBeReadIsRefusedForGood() throws IOException {
    var _ = buckets.put(BUCKET, "closed/object", Bytes.EMPTY);
    Path closed = root.resolve("out/closed");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assumeThat(Files.isReadable(closed)).isFalse();
      assertRefused("S3AccessDenied", () -> buckets.list(BUCKET, "", Optional.empty()));
      assertRefused("S3AccessDenied", () -> buckets.read(BUCKET, "closed/object"));
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aListingTellsContentsApart() throws IOException {
    var _ = buckets.put(BUCKET, "object", Bytes.wrap("one".getBytes(UTF_8)));
    Buckets.Listed first = buckets.list(BUCKET, "", Optional.empty()).getFirst();
    assertThat(buckets.list(BUCKET, "", Optional.empty())).containsExactly(first);
    try (InputStream in = buckets.read(BUCKET, first)) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("one");
    }
    var _ = buckets.put(BUCKET, "object", Bytes.wrap("other".getBytes(UTF_8)));
    assertThat(buckets.list(BUCKET, "", Optional.empty()).getFirst().version())
        .isNotEqualTo(first.version());
    assertRefused("S3PreconditionFailed", () -> buckets.read(BUCKET, first));
  }

  private static void assertRefused(String code, ThrowingCallable call) {
    assertThatExceptionOfType(BucketException.class)
        .isThrownBy(call)
        .extracting(BucketException::code)
        .isEqualTo(code);
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
  }
}
