package org.ostraka.server.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.directory.Directory;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.DirectoryException;
import org.ostraka.identity.wire.DirectoryFile;
import org.ostraka.identity.wire.DirectoryFileException;
import org.ostraka.identity.wire.SecretSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of accounts that an operator keeps, and the files of secrets that it names. One thread.
 */
public final class IamFile {
  private static final Logger LOG = LoggerFactory.getLogger(IamFile.class);

  private final Path path;
  private final Directory directory;
  private final Map<String, String> environment;
  private Map<Path, Optional<String>> read = Map.of();

  /**
   * Makes the file, which is not read yet.
   *
   * @param environment the variables that may have secrets
   */
  public IamFile(Path path, Directory directory, Map<String, String> environment) {
    this.path = path;
    this.directory = directory;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Declares the accounts of the file.
   *
   * @throws IamFileException when the file cannot be used; what was declared before stays
   */
  public void load() {
    Map<Path, Optional<String>> files = new HashMap<>();
    try {
      String text = text(path, files);
      Instant modified = Files.getLastModifiedTime(path).toInstant();
      List<Account> accounts =
          DirectoryFile.read(text, secrets(files), Instant.ofEpochMilli(modified.toEpochMilli()));
      directory.declare(path.toString(), accounts);
    } catch (DirectoryFileException wrong) {
      throw new IamFileException(path + ": " + wrong.why());
    } catch (DirectoryException wrong) {
      throw new IamFileException(path + ": " + wrong.why());
    } catch (IOException unreadable) {
      throw new IamFileException(path + " cannot be read: " + unreadable.getMessage());
    } finally {
      read = Map.copyOf(files);
    }
  }

  /**
   * Declares the accounts again if the file, or one that it names, has changed. When the file
   * cannot be used, logs why, and what was declared before stays.
   */
  public void reload() {
    if (!hasChanged()) {
      return;
    }
    try {
      load();
      LOG.info("the accounts of {} are in use", path);
    } catch (IamFileException wrong) {
      LOG.warn("the accounts stay as they were: {}", wrong.why());
    }
  }

  private boolean hasChanged() {
    return read.entrySet().stream()
        .anyMatch(file -> !present(file.getKey()).equals(file.getValue()));
  }

  private static Optional<String> present(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static String text(Path file, Map<Path, Optional<String>> files) throws IOException {
    files.put(file, Optional.empty());
    String text = Files.readString(file, StandardCharsets.UTF_8);
    files.put(file, Optional.of(text));
    return text;
  }

  private SecretSource secrets(Map<Path, Optional<String>> files) {
    return new SecretSource() {
      @Override
      public String file(String name) {
        Path file = path.resolveSibling(name);
        try {
          return text(file, files).strip();
        } catch (IOException unreadable) {
          throw new IllegalArgumentException(file + " cannot be read: " + unreadable.getMessage());
        }
      }

      @Override
      public String variable(String name) {
        String value = environment.get(name);
        if (value == null) {
          throw new IllegalArgumentException("the variable " + name + " is not set");
        }
        return value;
      }
    };
  }
}
