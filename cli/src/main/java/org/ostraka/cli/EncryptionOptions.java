package org.ostraka.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ostraka.options.Arguments;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.config.Encryption;
import org.ostraka.server.config.MasterKeyLocation;
import org.ostraka.server.config.StoreLocation;

/** The options of {@code ostraka serve} that encrypt data at rest. Stateless. */
final class EncryptionOptions {
  private static final long MAX_DAYS = 36_500;

  private static final Option<Boolean> ENCRYPT =
      Option.flag(
          "--encrypt",
          "Encrypts all data on disk. Only at the first start in an empty directory, whose data is"
              + " encrypted from then on.");

  private static final Option<Long> KEY_LIFETIME =
      Option.withDefault(
          "--data-key-lifetime",
          Kind.whole("DAYS", 1, MAX_DAYS, "days"),
          Long.toString(Encryption.KEY_LIFETIME.toDays()),
          "How old a data key gets before a new one encrypts what is written.");

  static final List<Option<?>> ALL = all();

  private EncryptionOptions() {}

  private static List<Option<?>> all() {
    List<Option<?>> all = new ArrayList<>(List.of(ENCRYPT, KEY_LIFETIME));
    all.addAll(MasterKeyOptions.ALL);
    return List.copyOf(all);
  }

  /** Reads the options, and the environment variables that the master key needs. */
  static Encryption read(Arguments given, StoreLocation store, Map<String, String> environment) {
    return new Encryption(
        given.get(ENCRYPT),
        Duration.ofDays(given.get(KEY_LIFETIME)),
        MasterKeyOptions.read(given, masterKey(store), environment));
  }

  private static MasterKeyLocation masterKey(StoreLocation store) {
    // The usual case comes without a class that the switch makes (decision 9).
    if (store instanceof StoreLocation.InDirectory(Path path)) {
      return new MasterKeyLocation.InDirectory(path);
    }
    return switch (store) {
      case StoreLocation.InMemory _ -> new MasterKeyLocation.InMemory();
      case StoreLocation.InDirectory(Path path) -> new MasterKeyLocation.InDirectory(path);
      case StoreLocation.InPostgres _ -> new MasterKeyLocation.Unnamed();
    };
  }
}
