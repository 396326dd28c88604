package org.ostraka.transfer.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.ConditionalPut;

/** An archive in a bucket does what an archive promises. */
final class BucketArchiveTest {
  private static final BucketName BUCKET = new BucketName("kept", Optional.empty());

  private final MemoryBuckets buckets = new MemoryBuckets();
  private final Archive archive = new BucketArchive(buckets, "kept", "votes/backups");

  @BeforeEach
  void make() {
    buckets.make("kept");
  }

  @Test
  void objectsLieBehindThePrefix() {
    archive.put("chains/a/1", Bytes.of(1));
    assertThat(buckets.list(BUCKET, "", Optional.empty()))
        .extracting(Buckets.Listed::key)
        .containsExactly("votes/backups/chains/a/1");
    assertThat(archive.read("chains/a/1")).contains(Bytes.of(1));
    archive.put("chains/a/1", Bytes.of(2));
    assertThat(archive.read("chains/a/1")).contains(Bytes.of(2));
  }

  @Test
  void anObjectThatIsThereIsNotReplacedIfNoneMayBe() {
    assertThat(archive.putIfAbsent("store", Bytes.of(1))).isEqualTo(ConditionalPut.STORED);
    assertThat(archive.putIfAbsent("store", Bytes.of(2))).isEqualTo(ConditionalPut.EXISTS);
    assertThat(archive.read("store")).contains(Bytes.of(1));
    Archive nowhere = new BucketArchive(buckets, "nowhere", "");
    assertThatExceptionOfType(StorageFailedException.class)
        .isThrownBy(() -> nowhere.putIfAbsent("store", Bytes.of(1)))
        .withMessageContaining("cannot be written");
  }

  @Test
  void othersObjectsAreNotListed() {
    buckets.put(BUCKET, "votes/backups-of-another/chains/a/1", Bytes.of(1));
    buckets.put(BUCKET, "chains/a/1", Bytes.of(1));
    archive.put("chains/b/1", Bytes.of(1));
    assertThat(archive.list("")).containsExactly("chains/b/1");
    assertThat(archive.list("chains/a")).isEmpty();
  }

  @Test
  void moreObjectsAreListedThanOnePageHas() {
    int count = 2 * Buckets.MAX_LISTED + 1;
    IntStream.range(0, count).forEach(i -> archive.put("chains/a/%05d".formatted(i), Bytes.of(1)));
    assertThat(archive.list("chains/"))
        .hasSize(count)
        .isSorted()
        .doesNotHaveDuplicates()
        .endsWith("chains/a/02000");
  }

  @Test
  void whatIsRemovedIsGone() {
    archive.put("chains/a/1", Bytes.of(1));
    archive.delete("chains/a/1");
    archive.delete("chains/a/1");
    assertThat(archive.read("chains/a/1")).isEmpty();
  }

  /** A store's failure may pass: the operator makes the bucket, and archiving goes on. */
  @Test
  void aBucketThatCannotBeUsedIsAFailureOfTheArchive() {
    Archive nowhere = new BucketArchive(buckets, "nowhere", "");
    assertThatExceptionOfType(StorageFailedException.class)
        .isThrownBy(() -> nowhere.put("chains/a/1", Bytes.of(1)))
        .withMessage(
            "the archive in s3://nowhere/ cannot be written: The specified bucket does not exist");
    assertThatExceptionOfType(StorageFailedException.class)
        .isThrownBy(() -> nowhere.read("chains/a/1"));
    assertThatExceptionOfType(StorageFailedException.class).isThrownBy(() -> nowhere.list(""));
    assertThatExceptionOfType(StorageFailedException.class)
        .isThrownBy(() -> nowhere.delete("chains/a/1"));
    buckets.make("nowhere");
    nowhere.put("chains/a/1", Bytes.of(1));
    assertThat(nowhere.read("chains/a/1")).contains(Bytes.of(1));
  }
}
