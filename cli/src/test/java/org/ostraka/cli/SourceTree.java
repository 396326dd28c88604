package org.ostraka.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The text files that people wrote in the repository, without build output and downloads. */
final class SourceTree {

  private static final Set<String> NOT_OURS =
      Set.of("target", "node_modules", "dist", ".git", ".idea", ".vscode", ".settings");

  private static final Set<String> TEXT =
      Set.of(
          "java",
          "xml",
          "md",
          "sh",
          "yml",
          "yaml",
          "json",
          "properties",
          "txt",
          "html",
          "css",
          "js",
          "ts",
          "tsx",
          "config",
          "toml",
          "py");

  private final Path root;
  private final List<SourceFile> files;

  /** One file, with its path below the root as its name. */
  record SourceFile(Path path, String name, String text) {

    boolean is(String extension) {
      return name.endsWith("." + extension);
    }

    boolean isMainJava() {
      return is("java") && name.contains("src/main/java/");
    }

    List<String> lines() {
      return text.lines().toList();
    }
  }

  private SourceTree(Path root, List<SourceFile> files) {
    this.root = root;
    this.files = files;
  }

  /** Reads the repository in which this test runs. */
  static SourceTree read() {
    Path root = Path.of("").toAbsolutePath();
    while (!(Files.exists(root.resolve("LICENSE")) && Files.exists(root.resolve("pom.xml")))) {
      root = root.getParent();
      if (root == null) {
        throw new IllegalStateException("no directory above this one holds LICENSE and pom.xml");
      }
    }
    return new SourceTree(root, collect(root));
  }

  Path root() {
    return root;
  }

  List<SourceFile> files(Predicate<SourceFile> wanted) {
    return files.stream().filter(wanted).toList();
  }

  List<SourceFile> java() {
    return files(file -> file.is("java"));
  }

  private static List<SourceFile> collect(Path root) {
    List<SourceFile> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              boolean ours = !NOT_OURS.contains(path.getFileName().toString());
              return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                throws IOException {
              String name = root.relativize(path).toString().replace('\\', '/');
              if (attributes.isRegularFile() && isText(name)) {
                found.add(new SourceFile(path, name, Files.readString(path)));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Collections.unmodifiableList(found);
  }

  private static boolean isText(String name) {
    boolean script = name.startsWith("bin/") || name.startsWith(".ci/");
    return script || TEXT.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
