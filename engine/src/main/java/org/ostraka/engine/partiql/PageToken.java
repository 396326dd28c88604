package org.ostraka.engine.partiql;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.ostraka.engine.encoding.Fingerprint;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.query.Source;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ParameterizedStatement;
import org.ostraka.storage.CorruptDataException;

/**
 * A NextToken: where a page ended, and of which statement. It holds all that the next page needs,
 * and nothing that the caller may not know. Immutable.
 *
 * <pre>
 * token   Base64 of version(1) digest(32) read(2) key      key: as stored, see {@link ItemEncoding}
 * </pre>
 *
 * <p>A token is valid for the same text, parameters, and table or index; Limit and ConsistentRead
 * may change (floci's {@code DynamoDbPartiQLHandler}, September 2026, which has it from the
 * service).
 *
 * @param digest the digest of the statement, and of what it reads
 * @param read the index of the statement's read in which the page ended, from 0
 * @param key the key of the last item that was read
 */
record PageToken(Bytes digest, int read, Item key) {
  private static final byte VERSION = 1;
  private static final int DIGEST_BYTES = 32;
  private static final int HEAD_BYTES = 1 + DIGEST_BYTES + Short.BYTES;

  /** Returns the digest of a statement that reads the source. */
  static Bytes digest(ParameterizedStatement statement, Source source) {
    Fingerprint digest = new Fingerprint();
    digest.text(statement.text());
    digest.values(statement.parameters());
    digest.number(source.space().id());
    return digest.sha256();
  }

  /**
   * Reads a token.
   *
   * @throws ValidationException when {@link #text} cannot have written it
   */
  static PageToken of(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (bytes.length <= HEAD_BYTES || bytes[0] != VERSION) {
        throw invalid();
      }
      ByteBuffer head = ByteBuffer.wrap(bytes, 1, HEAD_BYTES - 1);
      byte[] digest = new byte[DIGEST_BYTES];
      head.get(digest);
      int read = head.getShort();
      byte[] key = new byte[bytes.length - HEAD_BYTES];
      System.arraycopy(bytes, HEAD_BYTES, key, 0, key.length);
      return new PageToken(Bytes.wrap(digest), read, ItemEncoding.decode(Bytes.wrap(key)));
    } catch (IllegalArgumentException | CorruptDataException _) {
      throw invalid();
    }
  }

  String text() {
    Bytes encoded = ItemEncoding.encode(key);
    ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + encoded.sizeBytes());
    bytes.put(VERSION).put(digest.array()).putShort((short) read).put(encoded.array());
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  static ValidationException invalid() {
    return new ValidationException("Invalid NextToken");
  }

  /**
   * Returns the error for a token of another request. The text is that of aws-sdk-js-v3 issue 4424.
   */
  static ValidationException ofOther() {
    return new ValidationException("NextToken does not match request");
  }
}
