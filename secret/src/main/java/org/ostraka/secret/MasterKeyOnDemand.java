package org.ostraka.secret;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ostraka.model.Bytes;

/**
 * A master key in a file that is read when it is first needed, and made when something is first
 * wrapped: a server that keeps no secrets needs none. Any thread.
 */
public final class MasterKeyOnDemand implements MasterKey {
  private final Path path;
  private Optional<MasterKeyFile> known = Optional.empty();

  public MasterKeyOnDemand(Path path) {
    this.path = path;
  }

  @Override
  public synchronized String id() {
    return toWrap().id();
  }

  @Override
  public synchronized Bytes wrap(byte[] key, String context) {
    return toWrap().wrap(key, context);
  }

  @Override
  public synchronized byte[] unwrap(Bytes wrapped, String context) {
    if (known.isEmpty() && !Files.exists(path)) {
      throw new MasterKeyException(
          "there is no master key in " + path + ", which the stored keys need");
    }
    return toWrap().unwrap(wrapped, context);
  }

  private MasterKeyFile toWrap() {
    MasterKeyFile file = known.orElseGet(() -> MasterKeyFile.readOrMake(path));
    known = Optional.of(file);
    return file;
  }
}
