package org.ostraka.voting.audit;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ostraka.voting.election.Attributes;
import org.ostraka.voting.election.Election;
import org.ostraka.voting.election.Keys;
import org.ostraka.voting.receipt.ReceiptKey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The states of all audit logs of an election in one region, as they were published together.
 * Immutable.
 *
 * <p>One signature covers all of them: that of the root of a Merkle tree whose leaves are the
 * shards. Each publication names the hash of the one before.
 *
 * @param number from 1
 * @param previous hash of the publication before; that of no text for the first
 * @param shards in the order of the shards
 */
public record Roots(
    String election,
    String region,
    long number,
    Instant time,
    Hash previous,
    List<ShardRoot> shards) {
  static final Hash NONE = Hash.ofText("");

  private static final String SORT = "ROOTS#";
  private static final String TIME = "time";
  private static final String PREVIOUS = "previous";
  private static final String SHARDS = "shards";
  private static final String SIGNATURE = "signature";

  public Roots {
    shards = List.copyOf(shards);
  }

  /** A publication with its signature, in Base64. Immutable. */
  public record Signed(Roots roots, String signature) {

    /** Returns whether the owner of a key signed it. */
    public boolean isSigned(PublicKey by) {
      return ReceiptKey.isSigned(roots.statement(), decoded(), by);
    }

    private byte[] decoded() {
      try {
        return Base64.getDecoder().decode(signature);
      } catch (IllegalArgumentException malformed) {
        return new byte[0];
      }
    }

    Map<String, AttributeValue> row() {
      ByteBuffer encoded = ByteBuffer.allocate(roots.shards.size() * ShardRoot.BYTES);
      roots.shards.forEach(shard -> encoded.put(shard.encoded()));
      Map<String, AttributeValue> row = new HashMap<>();
      row.put(Keys.PARTITION, Attributes.of(partition(roots.election, roots.region)));
      row.put(Keys.SORT, Attributes.of(sortKey(roots.number)));
      row.put(TIME, Attributes.of(roots.time.toString()));
      row.put(PREVIOUS, Attributes.of(roots.previous.bytes()));
      row.put(SHARDS, Attributes.of(encoded.array()));
      row.put(SIGNATURE, Attributes.of(signature));
      return row;
    }
  }

  /** Returns the partition of all publications for an election and a region. */
  public static String partition(String election, String region) {
    return "ROOTS#" + election + "#" + region;
  }

  /**
   * Reads a publication from its row.
   *
   * @throws IllegalArgumentException if the row is none, whatever stands in it
   */
  public static Signed of(String election, String region, Map<String, AttributeValue> row) {
    try {
      return read(election, region, row);
    } catch (IllegalStateException | DateTimeException malformed) {
      throw new IllegalArgumentException(malformed.getMessage(), malformed);
    }
  }

  private static Signed read(String election, String region, Map<String, AttributeValue> row) {
    ByteBuffer encoded = ByteBuffer.wrap(Attributes.bytes(row, SHARDS));
    List<ShardRoot> shards = new ArrayList<>();
    while (encoded.remaining() >= ShardRoot.BYTES) {
      shards.add(ShardRoot.read(encoded));
    }
    Roots roots =
        new Roots(
            election,
            region,
            number(Attributes.text(row, Keys.SORT))
                .orElseThrow(() -> new IllegalArgumentException("no publication has this key")),
            Instant.parse(Attributes.text(row, TIME)),
            Hash.of(Attributes.bytes(row, PREVIOUS)),
            shards);
    return new Signed(roots, Attributes.text(row, SIGNATURE));
  }

  /** Returns the sort key of the publication with a number. */
  static String sortKey(long number) {
    return SORT + "%09d".formatted(number);
  }

  /** Returns the number of the publication with a sort key; empty for the key of none. */
  private static OptionalLong number(String sort) {
    boolean isOne = sort.matches(SORT + "[0-9]{9,15}");
    return isOne
        ? OptionalLong.of(Long.parseLong(sort.substring(SORT.length())))
        : OptionalLong.empty();
  }

  /**
   * Makes the publication that follows another one, or the first.
   *
   * @param number the first one that is free
   */
  static Roots after(
      Optional<Signed> last,
      long number,
      Election election,
      String region,
      Instant time,
      List<ShardRoot> now) {
    return new Roots(
        election.id(), region, number, time, last.map(it -> it.roots().hash()).orElse(NONE), now);
  }

  /** Signs the publication. */
  public Signed signed(ReceiptKey key) {
    return new Signed(this, Base64.getEncoder().encodeToString(key.sign(statement())));
  }

  /** Returns the root of the tree over all shards. */
  public Hash top() {
    return tree().root();
  }

  /** Returns the tree over all shards. */
  public MerkleTree tree() {
    return new MerkleTree(shards.stream().map(ShardRoot::leaf).toList());
  }

  /** Returns the text that is signed. */
  public String statement() {
    return statement(election, region, number, time, previous, shards.size(), top());
  }

  static String statement(
      String election,
      String region,
      long number,
      Instant time,
      Hash previous,
      int shards,
      Hash top) {
    return Fields.join(
        List.of(
            "ostraka-voting-roots-1",
            election,
            region,
            Long.toString(number),
            time.toString(),
            previous.toString(),
            Integer.toString(shards),
            top.toString()));
  }

  /** Returns the hash by which the next publication names this one. */
  public Hash hash() {
    return Hash.ofText(statement());
  }
}
