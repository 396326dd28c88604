package org.ostraka.storage.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;

/**
 * Encrypts the partitions of one space, each always to the same bytes, so that a row is found by
 * them. Any thread.
 *
 * <pre>
 * encrypted form: initialization vector(16) cipher text, as long as the partition
 * </pre>
 *
 * <p>The initialization vector is the beginning of the HMAC-SHA256 of the partition, and the cipher
 * text its AES-256-CTR: the synthetic initialization vector of Rogaway and Shrimpton
 * ("Deterministic Authenticated-Encryption", 2006; the construction of RFC 5297 with another
 * message authentication code). It reveals which rows have the same partition, and how long it is.
 */
final class PartitionCipher {
  /** How much longer the encrypted form is. */
  static final int OVERHEAD_BYTES = 16;

  private static final int KEPT = 64;

  private final SecretKeySpec macKey;
  private final SecretKeySpec cipherKey;
  private final Queue<Tools> idle = new ConcurrentLinkedQueue<>();

  PartitionCipher(byte[] key) {
    this.macKey = derived(key, "partition mac");
    this.cipherKey = derived(key, "partition cipher");
  }

  /** What costs time to make: used by one thread at a time. */
  private record Tools(Mac mac, Cipher cipher) {}

  Bytes encrypt(Bytes partition) {
    Tools tools = tools();
    try {
      byte[] vector = vector(tools, partition.array());
      tools.cipher().init(Cipher.ENCRYPT_MODE, cipherKey, new IvParameterSpec(vector));
      byte[] encrypted = Arrays.copyOf(vector, OVERHEAD_BYTES + partition.sizeBytes());
      tools
          .cipher()
          .doFinal(partition.array(), 0, partition.sizeBytes(), encrypted, OVERHEAD_BYTES);
      return Bytes.wrap(encrypted);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      keep(tools);
    }
  }

  /**
   * Decrypts a partition.
   *
   * @throws CorruptDataException when {@link #encrypt} did not make it
   */
  Bytes decrypt(Bytes encrypted) {
    if (encrypted.sizeBytes() < OVERHEAD_BYTES) {
      throw unknown();
    }
    Tools tools = tools();
    try {
      byte[] vector = Arrays.copyOf(encrypted.array(), OVERHEAD_BYTES);
      tools.cipher().init(Cipher.DECRYPT_MODE, cipherKey, new IvParameterSpec(vector));
      int length = encrypted.sizeBytes() - OVERHEAD_BYTES;
      byte[] partition = tools.cipher().doFinal(encrypted.array(), OVERHEAD_BYTES, length);
      if (!MessageDigest.isEqual(vector, vector(tools, partition))) {
        throw unknown();
      }
      return Bytes.wrap(partition);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      keep(tools);
    }
  }

  private static byte[] vector(Tools tools, byte[] partition) {
    return Arrays.copyOf(tools.mac().doFinal(partition), OVERHEAD_BYTES);
  }

  private static CorruptDataException unknown() {
    return new CorruptDataException("a partition cannot be decrypted");
  }

  private Tools tools() {
    Tools tools = idle.poll();
    if (tools != null) {
      return tools;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(macKey);
      return new Tools(mac, Cipher.getInstance("AES/CTR/NoPadding"));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void keep(Tools tools) {
    // Counting costs as long as the list: it is short, and one too many does no harm.
    if (idle.size() < KEPT) {
      idle.add(tools);
    }
  }

  private static SecretKeySpec derived(byte[] key, String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return new SecretKeySpec(mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII)), "AES");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
