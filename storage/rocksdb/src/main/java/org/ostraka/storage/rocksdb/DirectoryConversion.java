package org.ostraka.storage.rocksdb;

import java.io.IOException;
import org.ostraka.storage.volume.FormatConversion;
import org.ostraka.storage.volume.Volume;
import org.ostraka.storage.volume.VolumeFullException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a data directory of the format before to the present one when it is opened. A conversion
 * that was cut short, by a kill or for want of room, goes on at the next opening. Stateless.
 */
final class DirectoryConversion {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryConversion.class);

  private DirectoryConversion() {}

  /** Notes that a directory is to be converted, if it has the format before. */
  static void begin(DataDirectory directory) throws DataDirectoryException {
    try {
      directory.beginConversion();
    } catch (IOException failure) {
      throw failed(directory, failure);
    }
  }

  /** Converts a directory's rows, unless they have the present format. */
  static void run(DataDirectory directory, Volume volume) throws DataDirectoryException {
    try {
      if (directory.isOld()) {
        LOG.info("{}: converting data format 2 to 3 ...", directory.path());
        FormatConversion.Result result = FormatConversion.run(volume);
        directory.endConversion();
        LOG.info("{}: converted, {} rows", directory.path(), result.converted());
        if (result.damaged() > 0) {
          LOG.warn(
              "{}: {} rows were damaged before and are so still",
              directory.path(),
              result.damaged());
        }
      }
      FormatConversion.forget(volume);
    } catch (IOException failure) {
      throw failed(directory, failure);
    } catch (VolumeFullException full) {
      throw new DataDirectoryException(
          "the data in "
              + directory.path()
              + " cannot be converted to format 3: "
              + full.getMessage()
              + ". It goes on where it stopped when it is opened again.",
          full);
    }
  }

  private static DataDirectoryException failed(DataDirectory directory, IOException failure) {
    return new DataDirectoryException(
        "the data in " + directory.path() + " cannot be converted: " + failure.getMessage(),
        failure);
  }
}
