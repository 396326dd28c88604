package org.ostraka.conformance;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The server under test: the directory that contains {@code bin/ostraka}. Immutable.
 *
 * <p>It is this repository, unless {@code -Dostraka.home=DIR} names another directory.
 */
record Distribution(Path home) {

  static Distribution underTest() {
    String named = System.getProperty("ostraka.home", "");
    Path home = named.isEmpty() ? moduleDirectory().resolve("../..") : Path.of(named);
    return new Distribution(home.toAbsolutePath().normalize());
  }

  /** Returns this module's directory, which follows from the place of its compiled tests. */
  static Path moduleDirectory() {
    try {
      Path classes =
          Path.of(Distribution.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.resolve("../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns a directory among the build's files for those that tests make. The test JVMs that run
   * at once have each their own.
   */
  static Path filesDirectory() throws IOException {
    String fork = System.getProperty("surefire.forkNumber", "1");
    return Files.createDirectories(moduleDirectory().resolve("target/made-by-tests").resolve(fork));
  }

  Path launcher() {
    return home.resolve("bin/ostraka");
  }

  /** The cache with which the JVM starts faster; the first start after a build makes it. */
  Path cache() {
    return home.resolve("cli/target/ostraka/ostraka.aot");
  }

  /** Copies the launcher and the jars that it puts on the class path, without sources. */
  Distribution copyTo(Path directory) throws IOException {
    Distribution copy = copyUnbuiltTo(directory);
    Path libraries = directory.resolve("cli/target/ostraka");
    Files.createDirectories(libraries.getParent());
    Directories.copy(home.resolve("cli/target/ostraka"), libraries);
    return copy;
  }

  /** Copies the files of a fresh checkout that the launcher reads, with nothing built. */
  Distribution copyUnbuiltTo(Path directory) throws IOException {
    Distribution copy = new Distribution(directory);
    Files.createDirectories(copy.launcher().getParent());
    Files.copy(launcher(), copy.launcher(), StandardCopyOption.COPY_ATTRIBUTES);
    Path pom = home.resolve("pom.xml");
    Files.copy(pom, directory.resolve("pom.xml"), StandardCopyOption.COPY_ATTRIBUTES);
    return copy;
  }
}
