package org.ostraka.voting;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.ostraka.voting.receipt.ReceiptKey;

/**
 * The file of the key that signs receipts: the private and the public key, each a line of Base64.
 */
final class ReceiptKeyFile {
  private static final int LINES = 2;
  private static final FileAttribute<?> FOR_ITS_OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private ReceiptKeyFile() {}

  /** Reads the key, or makes one that only the owner of the file can read. */
  static ReceiptKey open(Path file) throws IOException {
    Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
    if (!Files.exists(file)) {
      make(file, directory);
    }
    force(directory);
    List<String> lines = Files.readAllLines(file);
    if (lines.size() != LINES) {
      throw new IOException(file + " is no receipt key");
    }
    return ReceiptKey.of(
        Base64.getDecoder().decode(lines.getFirst()), Base64.getDecoder().decode(lines.getLast()));
  }

  /** Reads the public key, which is the last line of the file. */
  static PublicKey publicKey(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty()) {
      throw new IOException(file + " has no public key");
    }
    return ReceiptKey.publicKey(Base64.getDecoder().decode(lines.getLast()));
  }

  private static void make(Path file, Path directory) throws IOException {
    KeyPair pair = generate();
    Base64.Encoder encoder = Base64.getEncoder();
    Path draft = Files.createTempFile(directory, "receipt-key", ".new", FOR_ITS_OWNER);
    try {
      Files.write(
          draft,
          List.of(
              encoder.encodeToString(pair.getPrivate().getEncoded()),
              encoder.encodeToString(pair.getPublic().getEncoded())),
          StandardOpenOption.SYNC);
      // A link fails if the file exists, so that servers that start together have one key.
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException _) {
      // Another server was first; its key is the one.
    } finally {
      Files.delete(draft);
    }
  }

  /**
   * Makes the file's name durable. A receipt is worth nothing without its key, so this comes before
   * any is signed, also when another server has just made the file. A directory that this process
   * may not read has a file that somebody else put there.
   */
  private static void force(Path directory) throws IOException {
    if (!Files.isReadable(directory)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has Ed25519", missing);
    }
  }
}
