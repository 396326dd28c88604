package org.ostraka.server.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ostraka.identity.wire.CertificateFile;
import org.ostraka.identity.wire.DirectoryFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that says for whom certificates stand, which an operator keeps. One thread. */
public final class CertificateHoldersFile {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateHoldersFile.class);

  private final Path path;
  private final CertificateHolders holders;
  private Optional<String> read = Optional.empty();

  /** Makes the file, which is not read yet. */
  public CertificateHoldersFile(Path path, CertificateHolders holders) {
    this.path = path;
    this.holders = holders;
  }

  /** Returns the holders that the file names. */
  public CertificateHolders holders() {
    return holders;
  }

  /**
   * Takes the holders that the file names.
   *
   * @throws IamFileException when the file cannot be used; the holders stay as they were
   */
  public void load() {
    read = Optional.empty();
    try {
      String text = Files.readString(path, StandardCharsets.UTF_8);
      read = Optional.of(text);
      holders.replace(CertificateFile.read(text));
    } catch (DirectoryFileException wrong) {
      throw new IamFileException(path + ": " + wrong.why());
    } catch (IllegalArgumentException wrong) {
      throw new IamFileException(path + ": " + wrong.getMessage());
    } catch (IOException unreadable) {
      throw new IamFileException(path + " cannot be read: " + unreadable.getMessage());
    }
  }

  /**
   * Takes the holders again if the file has changed. When it cannot be used, logs why, and the
   * holders stay as they were.
   */
  public void reload() {
    if (present().equals(read)) {
      return;
    }
    try {
      load();
      LOG.info("the certificates of {} are in use", path);
    } catch (IamFileException wrong) {
      LOG.warn("the holders of certificates stay as they were: {}", wrong.why());
    }
  }

  private Optional<String> present() {
    try {
      return Optional.of(Files.readString(path, StandardCharsets.UTF_8));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
