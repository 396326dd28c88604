package org.ostraka.secret;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.ostraka.model.Bytes;

/**
 * A master key from a file. Immutable.
 *
 * <p>Each line of the file is one key: 32 bytes in base64. The first wraps; all unwrap. So a key is
 * replaced by a new one in a line before it, and the old line goes when nothing is wrapped under it
 * any more. Lines that are empty or begin with {@code #} are ignored.
 *
 * <pre>
 * wrapped form: id of the key(8) sealed form of {@link AesGcm}
 * </pre>
 */
public final class MasterKeyFile implements MasterKey {
  private static final int ID_BYTES = 8;
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private final Path path;
  private final List<Key> keys;

  private MasterKeyFile(Path path, List<Key> keys) {
    this.path = path;
    this.keys = keys;
  }

  private record Key(byte[] id, AesGcm cipher) {}

  /**
   * Reads a file.
   *
   * @throws MasterKeyException when it cannot be read, is no such file, or others than its owner
   *     may read it
   */
  public static MasterKeyFile read(Path path) {
    List<Key> keys = new ArrayList<>();
    try {
      requirePrivate(path);
      List<String> lines = Files.readAllLines(path, StandardCharsets.US_ASCII);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          keys.add(key(line, path, i + 1));
        }
      }
    } catch (NoSuchFileException _) {
      throw new MasterKeyException("the master key " + path + " does not exist");
    } catch (IOException failure) {
      throw new MasterKeyException("the master key " + path + " cannot be read", failure);
    }
    if (keys.isEmpty()) {
      throw new MasterKeyException("the master key " + path + " has no key");
    }
    return new MasterKeyFile(path, keys);
  }

  /**
   * Reads a file, and makes it with a new key if there is none. Its directory must exist. Several
   * processes may do so at once: they get the same key.
   */
  public static MasterKeyFile readOrMake(Path path) {
    try {
      if (!Files.exists(path)) {
        tryMake(path);
      }
    } catch (FileAlreadyExistsException _) {
      // Another process was first; its key is the one.
    } catch (IOException failure) {
      throw cannotMake(path, failure);
    }
    try {
      force(directory(path));
    } catch (IOException failure) {
      throw new MasterKeyException("the master key " + path + " cannot be made durable", failure);
    }
    return read(path);
  }

  /**
   * Makes a file with a new key, which only its owner may read.
   *
   * @throws MasterKeyException when there is a file already, or it cannot be written
   */
  public static void make(Path path) {
    try {
      tryMake(path);
      force(directory(path));
    } catch (IOException failure) {
      throw cannotMake(path, failure);
    }
  }

  private static void tryMake(Path path) throws IOException {
    String line = Base64.getEncoder().encodeToString(AesGcm.newKey()) + "\n";
    Path draft = Files.createTempFile(directory(path), "master-key", ".new");
    try {
      Files.writeString(draft, line, StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
      // A link fails if the file exists, so that processes that start together have one key.
      Files.createLink(path, draft);
    } finally {
      Files.delete(draft);
    }
  }

  private static Path directory(Path path) {
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null) {
      throw new MasterKeyException("the master key " + path + " is a directory");
    }
    return directory;
  }

  /**
   * Makes the file's name durable. Data that is encrypted is lost without its key, so this comes
   * before the key is used, also when another process has just made the file. A directory that this
   * process may not read has a file that somebody else put there.
   */
  private static void force(Path directory) throws IOException {
    if (!Files.isReadable(directory)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static MasterKeyException cannotMake(Path path, IOException failure) {
    return new MasterKeyException("the master key " + path + " cannot be made", failure);
  }

  /** Returns eight bytes of a hash of the key that wraps, in hexadecimal. */
  @Override
  public String id() {
    return HexFormat.of().formatHex(keys.getFirst().id());
  }

  @Override
  public Bytes wrap(byte[] key, String context) {
    Key first = keys.getFirst();
    return Bytes.wrap(
        first.cipher().seal(first.id(), key, context.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public byte[] unwrap(Bytes wrapped, String context) {
    if (wrapped.sizeBytes() < ID_BYTES) {
      throw new MasterKeyException("a wrapped key is too short");
    }
    byte[] id = Arrays.copyOf(wrapped.array(), ID_BYTES);
    return keys.stream()
        .filter(key -> Arrays.equals(key.id(), id))
        .findFirst()
        .orElseThrow(() ->
            new MasterKeyException(
                path + " does not have the master key " + HexFormat.of().formatHex(id)))
        .cipher()
        .open(wrapped.array(), ID_BYTES, context.getBytes(StandardCharsets.UTF_8))
        .orElseThrow(() -> new MasterKeyException("a wrapped key was changed"));
  }

  private static void requirePrivate(Path path) throws IOException {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      if (permissions.stream().anyMatch(OTHERS::contains)) {
        throw new MasterKeyException(
            "others than its owner may use the master key " + path + ": chmod 600 it");
      }
    } catch (UnsupportedOperationException _) {
      // A file system without such permissions protects the file in its own way.
    }
  }

  private static Key key(String line, Path path, int number) throws IOException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(line);
    } catch (IllegalArgumentException _) {
      bytes = new byte[0];
    }
    if (bytes.length != AesGcm.KEY_BYTES) {
      throw new FileSystemException(
          path.toString(), null, "line " + number + " is not 32 bytes in base64");
    }
    return new Key(id(bytes), new AesGcm(bytes));
  }

  private static byte[] id(byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("ostraka master key ".getBytes(StandardCharsets.US_ASCII));
      return Arrays.copyOf(digest.digest(key), ID_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
