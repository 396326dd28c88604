package org.ostraka.server.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of the next seal. Each key is the hash of the one before, and only the newest one is kept
 * on the disk; so who takes it cannot make the seals of before (B. Schneier and J. Kelsey, "Secure
 * Audit Logs to Support Computer Forensics", 1999). Immutable.
 *
 * @param number the number of the seal that it makes
 * @param key 32 bytes in hexadecimal
 */
record SealKey(long number, String key) {
  static final int BYTES = 32;
  private static final String CURRENT = "seal.key";

  /** The first key, with which all seals can be verified; an operator should keep it elsewhere. */
  static final String FIRST = "seal.first";

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}) ([0-9a-f]{64})\\s*");

  /** Makes the first key of a log, and stores it. */
  static SealKey create(Path directory, byte[] random) throws IOException {
    SealKey first = new SealKey(0, HexFormat.of().formatHex(random));
    first.store(directory, FIRST);
    first.store(directory, CURRENT);
    return first;
  }

  /** Returns the key of the next seal; empty when the log has none. */
  static Optional<SealKey> load(Path directory) throws IOException, AuditException {
    return read(directory.resolve(CURRENT));
  }

  /** Reads a key from a file; empty when there is no file. */
  static Optional<SealKey> read(Path file) throws IOException, AuditException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Matcher text = TEXT.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!text.matches()) {
      throw new AuditException(file + " is not a key of seals");
    }
    return Optional.of(new SealKey(Long.parseLong(text.group(1)), text.group(2)));
  }

  /** Returns the key after this one, and stores it in the place of all others. */
  SealKey next(Path directory) throws IOException {
    SealKey next = next();
    next.store(directory, CURRENT);
    return next;
  }

  SealKey next() {
    return new SealKey(number + 1, ChainLine.hash(HexFormat.of().parseHex(key)));
  }

  /** Returns the key of a later seal, or this one. Takes as long as there are seals between. */
  SealKey advancedTo(long seal) {
    SealKey key = this;
    while (key.number < seal) {
      key = key.next();
    }
    return key;
  }

  /** Returns the seal of everything before a line. */
  String seal(long sequence, String previousHash) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(HexFormat.of().parseHex(key), "HmacSHA256"));
      byte[] sealed = (sequence + " " + previousHash).getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(mac.doFinal(sealed));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HMAC-SHA-256", e);
    }
  }

  private void store(Path directory, String name) throws IOException {
    Path next = directory.resolve(name + ".new");
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(next, number + " " + key + "\n");
    try (FileChannel file = FileChannel.open(next, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    Files.move(
        next,
        directory.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    AuditDirectory.sync(directory);
  }

  @Override
  public String toString() {
    return "SealKey " + number;
  }
}
