package org.ostraka.server.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.ostraka.identity.secret.LocalMasterKey;
import org.ostraka.identity.secret.MasterKey;
import org.ostraka.identity.secret.MasterKeyException;
import org.ostraka.model.Bytes;

/**
 * A master key in a file of 32 random bytes, which is read, or made, when it is first needed. Any
 * thread.
 */
public final class MasterKeyFile implements MasterKey {
  /** The name of the file in a data directory. */
  public static final String NAME = "master.key";

  private final Path path;
  private final boolean isMade;
  private final RandomGenerator random;
  private @Nullable LocalMasterKey key;

  private MasterKeyFile(Path path, boolean isMade, RandomGenerator random) {
    this.path = path;
    this.isMade = isMade;
    this.random = random;
  }

  /** Returns the key in a file that an operator has made. */
  public static MasterKeyFile at(Path path, RandomGenerator random) {
    return new MasterKeyFile(path, false, random);
  }

  /** Returns the key in a data directory, which makes it. */
  public static MasterKeyFile in(Path dataDirectory, RandomGenerator random) {
    return new MasterKeyFile(dataDirectory.resolve(NAME), true, random);
  }

  @Override
  public synchronized Bytes wrap(byte[] plain, String context) {
    return key(isMade).wrap(plain, context);
  }

  @Override
  public synchronized byte[] unwrap(Bytes wrapped, String context) {
    return key(false).unwrap(wrapped, context);
  }

  private LocalMasterKey key(boolean mayMake) {
    LocalMasterKey known = key;
    if (known == null) {
      try {
        known = new LocalMasterKey(read().isPresent() || !mayMake ? required() : made(), random);
      } catch (IOException broken) {
        throw new MasterKeyException(
            "the master key in " + path + " cannot be used: " + broken.getMessage(), broken);
      }
      key = known;
    }
    return known;
  }

  private Optional<byte[]> read() throws IOException {
    return Files.exists(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
  }

  private byte[] required() throws IOException {
    byte[] bytes =
        read()
            .orElseThrow(() ->
                new MasterKeyException(
                    "there is no master key in " + path + ", which opens the stored secrets"));
    if (bytes.length != LocalMasterKey.BYTES) {
      throw new MasterKeyException(
          "the master key in " + path + " has not " + LocalMasterKey.BYTES + " bytes");
    }
    return bytes;
  }

  /** Writes a new key durably before anything depends on it. */
  private byte[] made() throws IOException {
    byte[] bytes = new byte[LocalMasterKey.BYTES];
    random.nextBytes(bytes);
    Path unfinished = path.resolveSibling(NAME + ".new");
    Files.deleteIfExists(unfinished);
    try (FileChannel file =
        FileChannel.open(
            unfinished,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            onlyForOwner())) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        file.write(left);
      }
      file.force(true);
    }
    Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory();
    return bytes;
  }

  private FileAttribute<?>[] onlyForOwner() {
    boolean isPosix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private void syncDirectory() throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException("the file has no directory");
    }
    try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
